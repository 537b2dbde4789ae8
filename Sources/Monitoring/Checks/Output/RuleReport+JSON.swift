public import ServiceModel

extension RuleReport {
    /// Everything as one object.
    public var json: JSON {
        .object([
            "files": .array(files.map { .string($0) }), "rules": .integer(rules), "errors": .integer(count(.error)),
            "warnings": .integer(count(.warning)), "infos": .integer(count(.info)), "findings": .array(findings.map(Self.json)),
        ])
    }

    private static func json(_ finding: Finding) -> JSON {
        .object([
            "check": .string(finding.check), "severity": .string(finding.severity.rawValue), "message": .string(finding.message),
            "file": .string(finding.file), "line": .integer(finding.start.line), "column": .integer(finding.start.column),
            "end_line": .integer(finding.end.line), "end_column": .integer(finding.end.column),
            "rule": finding.rule.map { .string($0) } ?? .null, "documentation": .string(CheckCatalog.page(of: finding.check)),
        ])
    }
}
