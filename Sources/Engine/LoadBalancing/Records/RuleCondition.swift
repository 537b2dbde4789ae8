/// What a request must have for a rule to take it: one of the values. `*` stands for any characters, `?` for one.
enum RuleCondition: Codable, Sendable, Equatable {
    case host([String])
    case path([String])
    case header(name: String, values: [String])
    case method([String])
    case query([QueryPair])
    /// Networks in CIDR notation.
    case sourceIP([String])

    /// A key and value of the query string; without a key the value may stand under any.
    struct QueryPair: Codable, Sendable, Equatable {
        let key: String?
        let value: String
    }
}
