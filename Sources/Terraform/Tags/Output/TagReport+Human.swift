extension TagReport {
    /// How many of a kind are shown; the counts are always complete.
    public static let shown = 200

    /// For people: what is wrong first, with the fix and its place.
    ///
    /// - Parameter paint: paints a mark by what it tells of.
    public func text(paint: (String, TagFinding) -> String = { mark, _ in mark }) -> String {
        func list(_ findings: [TagFinding], _ mark: String) -> [String] {
            let lines = findings.prefix(Self.shown).flatMap { finding in
                let action = finding.scope == .adopted ? "import" : finding.action.rawValue
                let head = "\(paint(mark, finding)) \(finding.address.printable) (\(action)): \(finding.text)"
                let place = finding.file.map { "\($0):\(finding.line ?? 1): " } ?? ""
                return [head] + (finding.fix.map { ["    \(place)\($0)"] } ?? [])
            }
            return lines + (findings.count > Self.shown ? ["  … and \(findings.count - Self.shown) more"] : [])
        }
        return (list(violations, "✗") + list(notKnown, "?") + list(unknowns, "?") + list(oldDebts, "!")).map { $0 + "\n" }.joined()
    }

    /// One line: how much was checked and found.
    public var summary: String {
        var parts: [String] = []
        for (name, words) in [
            ("ok", "ok"), ("wrong", "wrong"), ("missing", "missing"), ("unknown", "unknown until the apply"), ("not-taggable", "without tags"),
            ("not-known", "not known whether they take tags"),
        ] where count(name) > 0 { parts.append("\(count(name)) \(words)") }
        if !oldDebts.isEmpty { parts.append("\(oldDebts.count) unchanged and wrong already") }
        let head = "\(rule.key) = \"\(rule.value)\": \(checked) \(checked == 1 ? "resource" : "resources") checked"
        return parts.isEmpty ? head : "\(head): \(parts.joined(separator: ", "))"
    }

    /// What a reader has to know of the plan itself; nil if there is nothing.
    public var caution: String? {
        isCompletenessKnown
            ? nil
            : "the plan of Terraform \(terraformVersion.isEmpty ? "(no version)" : terraformVersion) does not say whether it is complete; "
                + "make sure that it was not made with -target"
    }
}

extension String {
    /// Without characters that would move a terminal's cursor.
    var printable: String {
        String(
            String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F || (0x80...0x9F).contains($0.value) ? "\u{FFFD}" : $0 })
        )
    }
}
