extension RuleReport {
    /// For people: each finding with its line of the file and a caret below what is meant.
    ///
    /// - Parameter colour: paints a text by the severity that it tells of.
    public func text(colour: (String, CheckSeverity) -> String = { text, _ in text }) -> String {
        findings.map { finding in
            var lines = [
                "\(finding.file):\(finding.start.line):\(finding.start.column): \(colour(finding.severity.rawValue, finding.severity)): "
                    + "\(finding.message) [\(finding.check)]"
            ]
            if let line = sources[finding.file]?.line(finding.start.line) {
                let number = String(finding.start.line)
                let gutter = String(repeating: " ", count: number.count)
                lines.append("  \(number) | \(line.replacing("\t", with: " "))")
                lines.append(
                    "  \(gutter) | \(String(repeating: " ", count: finding.start.column - 1))\(colour(caret(finding, line), finding.severity))")
            }
            return lines.joined(separator: "\n") + "\n"
        }.joined()
    }

    /// One line: how much was checked and found.
    public var summary: String {
        func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
        let checked = "\(counted(rules, "rule")) in \(counted(files.count, "file"))"
        let found = CheckSeverity.allCases.reversed().filter { count($0) > 0 }.map { severity in
            severity == .info ? "\(count(severity)) info" : counted(count(severity), severity.rawValue)
        }
        return found.isEmpty ? "\(checked): no problems" : "\(checked): \(found.joined(separator: ", "))"
    }

    private func caret(_ finding: Finding, _ line: String) -> String {
        let last = finding.end.line == finding.start.line ? finding.end.column : line.count + 1
        return "^" + String(repeating: "~", count: max(0, last - finding.start.column - 1))
    }
}
