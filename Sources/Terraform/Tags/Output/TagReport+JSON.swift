public import ServiceModel

extension TagReport {
    /// Everything that was found.
    public var json: JSON {
        .compact([
            "passed": .bool(isPassed), "key": .string(rule.key), "value": .string(rule.value), "terraform_version": .string(terraformVersion),
            "completeness_known": .bool(isCompletenessKnown), "checked": .integer(checked), "unchanged": .integer(unchanged),
            "counts": .object(
                ["ok", "wrong", "missing", "unknown", "not-taggable", "not-known"].reduce(into: [:]) { $0[$1] = .integer(count($1)) }),
            "findings": .array(findings.map(\.json)), "patch": JSON(patch.isEmpty ? nil : patch),
        ])
    }
}

extension TagFinding {
    fileprivate var json: JSON {
        var found: String?
        if case .wrong(let value) = verdict { found = value }
        return .compact([
            "address": .string(address), "type": .string(type), "action": .string(action.rawValue), "scope": .string(scope.rawValue),
            "verdict": .string(verdict.name), "violation": .bool(isViolation), "message": .string(text), "key": .string(rule.key),
            "value": .string(rule.value), "found": JSON(found), "fix": JSON(fix), "file": JSON(file), "line": JSON(line),
        ])
    }
}
