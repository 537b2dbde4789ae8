extension RuleReport {
    /// GitHub's workflow commands, a line a finding: annotations beside the changed lines.
    public var annotations: String {
        findings.map { finding in
            let command =
                switch finding.severity {
                case .error: "error"
                case .warning: "warning"
                case .info: "notice"
                }
            var properties = [
                "file=\(Self.property(finding.file))", "line=\(finding.start.line)", "endLine=\(max(finding.start.line, finding.end.line))",
                "col=\(finding.start.column)",
            ]
            // GitHub shows no columns for a finding of several lines.
            if finding.end.line == finding.start.line { properties.append("endColumn=\(finding.end.column)") }
            properties.append("title=\(Self.property(finding.check))")
            return "::\(command) \(properties.joined(separator: ","))::\(Self.data(finding.message))\n"
        }.joined()
    }

    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
