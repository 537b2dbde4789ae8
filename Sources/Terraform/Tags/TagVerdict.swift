/// What a plan says of one resource's tag.
public enum TagVerdict: Sendable, Hashable {
    case ok
    /// It will carry another value; nil for one that is marked sensitive.
    case wrong(String?)
    case missing
    /// Known only after the apply: looked at again then.
    case unknown(Unknown)
    case notTaggable(Reason)

    public enum Unknown: String, Sendable, Hashable {
        case value = "its value is known only after the apply"
        case map = "the tags are known only after the apply, all of them"
        case defaults = "the provider's default tags are an expression that the plan does not resolve"
        case resource = "nothing of the resource is known before the apply"
    }

    public enum Reason: String, Sendable, Hashable {
        case type = "takes no tags"
        case shape = "its tags are not keys with values"
        case provider = "no rule for this provider"
        /// Neither the plan nor a list tells.
        case notKnown = "not known whether it takes tags"
    }

    /// Its name in reports.
    public var name: String {
        switch self {
        case .ok: "ok"
        case .wrong: "wrong"
        case .missing: "missing"
        case .unknown: "unknown"
        case .notTaggable(.notKnown): "not-known"
        case .notTaggable: "not-taggable"
        }
    }

    var isViolation: Bool {
        switch self {
        case .wrong, .missing: true
        default: false
        }
    }
}

/// The verdict, and what it rests on.
struct TagJudgement: Sendable, Hashable {
    /// Where the tag has to be written.
    enum Place: Sendable, Hashable {
        /// The attribute of the resource, such as `tags`.
        case attribute(String)
        /// A `tag` block of an auto-scaling group.
        case tagBlock
        /// The provider's default tags.
        case provider(key: String)
    }

    var verdict: TagVerdict
    var rule: TagRule
    var place = Place.attribute("tags")
}
