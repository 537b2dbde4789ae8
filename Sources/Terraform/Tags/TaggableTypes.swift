/// Which resource types take tags, for when a plan does not tell: from the providers' schemas, through `script/generate-taggable-types`.
struct TaggableTypes: Sendable {
    /// By type, whether it takes tags.
    private let known: [String: Bool]

    init() {
        var known: [String: Bool] = [:]
        known.reserveCapacity(4000)
        for (prefix, with, without) in [
            ("aws_", Self.awsWithTags, Self.awsWithoutTags), ("google_", Self.googleWithTags, Self.googleWithoutTags),
            ("azurerm_", Self.azurermWithTags, Self.azurermWithoutTags),
        ] {
            for word in with.split(whereSeparator: \.isWhitespace) { known[prefix + word] = true }
            for word in without.split(whereSeparator: \.isWhitespace) { known[prefix + word] = false }
        }
        self.known = known
    }

    /// Nil for a type that no list has.
    func takesTags(_ type: String) -> Bool? { known[type] }
}
