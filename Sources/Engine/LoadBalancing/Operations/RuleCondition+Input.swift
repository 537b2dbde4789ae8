import ServiceModel

extension RuleCondition {
    /// Reads the `Conditions` of a request.
    static func read(_ list: JSON) throws(EngineError) -> [RuleCondition] {
        guard !list.array.isEmpty else { throw .validation("A rule must have at least one condition") }
        var conditions: [RuleCondition] = []
        for each in list.array { conditions.append(try RuleCondition(each)) }
        let values = conditions.reduce(0) { $0 + $1.valueCount }
        guard values <= 5 else { throw .validation("A rule can only have '5' condition values") }
        return conditions
    }

    private init(_ condition: JSON) throws(EngineError) {
        let field = condition["Field"].string ?? ""
        func values(_ config: String) throws(EngineError) -> [String] {
            let plain = condition["Values"].strings
            let values = plain.isEmpty ? condition[config]["Values"].strings : plain
            guard !values.isEmpty else { throw .validation("A condition value must be specified for field '\(field)'") }
            for value in values { try Self.check(value, field) }
            return values
        }
        guard condition["RegexValues"].isNull, !condition.object.values.contains(where: { !$0["RegexValues"].isNull }) else {
            throw .unsupported("Regular expressions in conditions are")
        }
        switch field {
        case "host-header": self = .host(try values("HostHeaderConfig"))
        case "path-pattern": self = .path(try values("PathPatternConfig"))
        case "http-request-method": self = .method(try Self.methods(values("HttpRequestMethodConfig")))
        case "source-ip": self = .sourceIP(try Self.networks(values("SourceIpConfig")))
        case "http-header":
            let name = condition["HttpHeaderConfig"]["HttpHeaderName"].string ?? ""
            guard (1...40).contains(name.utf8.count), name.utf8.allSatisfy(\.isHeaderNameCharacter) else {
                throw .validation("The HTTP header name '\(name)' is not valid")
            }
            self = .header(name: name, values: try values("HttpHeaderConfig"))
        case "query-string":
            var pairs: [QueryPair] = []
            for pair in condition["QueryStringConfig"]["Values"].array {
                let value = pair["Value"].string ?? ""
                if let key = pair["Key"].string { try Self.check(key, field) }
                try Self.check(value, field)
                pairs.append(QueryPair(key: pair["Key"].string, value: value))
            }
            guard !pairs.isEmpty else { throw .validation("A condition value must be specified for field '\(field)'") }
            self = .query(pairs)
        default:
            throw .validation(
                "Condition field '\(field)' must be one of '[path-pattern, host-header, http-header, http-request-method, query-string, source-ip]'")
        }
    }

    private static func check(_ value: String, _ field: String) throws(EngineError) {
        guard (1...128).contains(value.count), !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw .validation("The condition value '\(value)' for field '\(field)' must have 1 to 128 characters without control characters")
        }
    }

    private static func methods(_ values: [String]) throws(EngineError) -> [String] {
        for value in values {
            guard value.count <= 40, value.utf8.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x2D || $0 == 0x5F }) else {
                throw .validation("The HTTP request method '\(value)' can only contain the characters A-Z, '-' and '_'")
            }
        }
        return values
    }

    private static func networks(_ values: [String]) throws(EngineError) -> [String] {
        for value in values {
            guard IPv4.isNetwork(value) else { throw .validation("The source IP '\(value)' is not a valid IPv4 network in CIDR notation") }
        }
        return values
    }

    private var valueCount: Int {
        switch self {
        case .host(let values), .path(let values), .header(_, let values), .method(let values), .sourceIP(let values): values.count
        case .query(let pairs): pairs.count
        }
    }

    /// The condition as an answer shows it.
    var shown: JSON {
        switch self {
        case .host(let values): ["Field": "host-header", "Values": JSON(values), "HostHeaderConfig": ["Values": JSON(values)]]
        case .path(let values): ["Field": "path-pattern", "Values": JSON(values), "PathPatternConfig": ["Values": JSON(values)]]
        case .header(let name, let values):
            ["Field": "http-header", "HttpHeaderConfig": ["HttpHeaderName": .string(name), "Values": JSON(values)]]
        case .method(let values): ["Field": "http-request-method", "HttpRequestMethodConfig": ["Values": JSON(values)]]
        case .sourceIP(let values): ["Field": "source-ip", "SourceIpConfig": ["Values": JSON(values)]]
        case .query(let pairs):
            [
                "Field": "query-string",
                "QueryStringConfig": ["Values": .array(pairs.map { .compact(["Key": JSON($0.key), "Value": .string($0.value)]) })],
            ]
        }
    }
}

extension UInt8 {
    /// A character of a usual HTTP header's name.
    fileprivate var isHeaderNameCharacter: Bool { isLetterOrDigit || "-_.".utf8.contains(self) }
}
