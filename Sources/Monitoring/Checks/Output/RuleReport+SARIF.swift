public import ServiceModel

extension RuleReport {
    /// SARIF 2.1.0, as code scanners upload it.
    ///
    /// - Parameter version: of this program.
    public func sarif(version: String) -> JSON {
        let checks = CheckCatalog.all
        let indices = Dictionary(checks.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
        let rules = checks.map { check in
            JSON.object([
                "id": .string(check.id), "shortDescription": ["text": .string(check.summary)],
                "help": ["text": .string(CheckCatalog.page(of: check.id))], "defaultConfiguration": ["level": .string(Self.level(check.severity))],
            ])
        }
        return [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
            "runs": [
                [
                    "tool": ["driver": ["name": "jubako rules validate", "version": .string(version), "rules": .array(rules)]],
                    "columnKind": "unicodeCodePoints", "results": .array(findings.map { Self.result($0, indices[$0.check] ?? 0) }),
                ]
            ],
        ]
    }

    private static func result(_ finding: Finding, _ index: Int) -> JSON {
        .object([
            "ruleId": .string(finding.check), "ruleIndex": .integer(index), "level": .string(level(finding.severity)),
            "message": ["text": .string(finding.message)],
            "locations": [
                [
                    "physicalLocation": [
                        "artifactLocation": ["uri": .string(uri(finding.file))],
                        "region": [
                            "startLine": .integer(finding.start.line), "startColumn": .integer(finding.start.column),
                            "endLine": .integer(max(finding.start.line, finding.end.line)), "endColumn": .integer(finding.end.column),
                        ],
                    ]
                ]
            ],
            // The same finding keeps its name when lines move.
            "partialFingerprints": ["jubakoRule/v1": .string("\(finding.check):\(finding.file):\(finding.rule ?? "")")],
        ])
    }

    private static func level(_ severity: CheckSeverity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "note"
        }
    }

    private static func uri(_ path: String) -> String {
        let escaped = path.utf8.reduce(into: "") { result, byte in
            switch byte {
            case 0x2F, 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        if path.hasPrefix("/") { return "file://" + escaped }
        return escaped.hasPrefix("./") ? String(escaped.dropFirst(2)) : escaped
    }
}
