/// What a validation found.
public struct RuleReport: Sendable {
    public let files: [String]
    public let rules: Int
    /// In the order of the files and their lines.
    public let findings: [Finding]
    let sources: [String: SourceText]

    public func count(_ severity: CheckSeverity) -> Int { findings.count { $0.severity == severity } }

    /// There is something of this weight or more.
    public func hasFindings(from severity: CheckSeverity) -> Bool { findings.contains { $0.severity >= severity } }
}
