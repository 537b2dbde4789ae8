extension TagReport {
    /// GitHub's workflow commands: an error for each violation, a notice for what is looked at again after the apply.
    public var annotations: String {
        func line(_ command: String, _ finding: TagFinding) -> String {
            let place = finding.file.map { "file=\(Self.property($0)),line=\(finding.line ?? 1)," } ?? ""
            let fix = finding.fix.map { ": \($0)" } ?? ""
            return "::\(command) \(place)title=\(Self.property("tag \(rule.key)"))::\(Self.data("\(finding.address) \(finding.text)\(fix)"))\n"
        }
        return violations.prefix(Self.shown).map { line("error", $0) }.joined() + notKnown.prefix(20).map { line("warning", $0) }.joined()
            + unknowns.prefix(20).map { line("notice", $0) }.joined() + oldDebts.prefix(20).map { line("warning", $0) }.joined()
    }

    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
