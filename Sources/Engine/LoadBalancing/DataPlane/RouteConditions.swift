/// A rule's conditions as HAProxy's access lists: a request must match one line of each list.
enum RouteConditions {
    /// The lines that define the list called `name` for a condition.
    static func lines(_ condition: RuleCondition, name: String) -> [String] {
        switch condition {
        case .host(let values): values.map { line(name, "var(txn.host)", wildcard: $0, ignoresCase: true) }
        case .path(let values): values.map { line(name, "path", wildcard: $0, ignoresCase: false) }
        case .header(let header, let values):
            values.map { line(name, "req.fhdr(\(ConfigurationWord.literal(header)))", wildcard: $0, ignoresCase: true) }
        case .method(let values): values.map { "acl \(name) method -m str -- \(ConfigurationWord.literal($0))" }
        case .sourceIP(let values): values.map { "acl \(name) src -m ip -- \(ConfigurationWord.literal($0))" }
        case .query(let pairs): pairs.map { query($0, name: name) }
        }
    }

    private static func line(_ name: String, _ sample: String, wildcard: String, ignoresCase: Bool) -> String {
        let flag = ignoresCase ? " -i" : ""
        let marks = wildcard.utf8.filter { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }.count
        if marks == 0 { return "acl \(name) \(sample)\(flag) -m str -- \(ConfigurationWord.literal(wildcard))" }
        if marks == 1, wildcard.hasSuffix("*"), wildcard.utf8.count > 1 {
            return "acl \(name) \(sample)\(flag) -m beg -- \(ConfigurationWord.literal(String(wildcard.dropLast())))"
        }
        return "acl \(name) \(sample)\(flag) -m reg -- \(ConfigurationWord.pattern(wildcard))"
    }

    /// The key may be any when there is none, so the whole query string is looked through.
    private static func query(_ pair: RuleCondition.QueryPair, name: String) -> String {
        let key = pair.key ?? "*"
        let inner = { (text: String) in
            ConfigurationWord.pattern(text).dropFirst().dropLast().replacing(".*", with: "[^&]*")
        }
        return "acl \(name) query -i -m reg -- (^|&)\(inner(key))=\(inner(pair.value))(&|$)"
    }
}
