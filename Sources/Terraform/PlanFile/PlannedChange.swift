import ServiceModel

/// One entry of a plan's `resource_changes`: what is to become of a resource.
///
/// An address may occur twice: a deposed object, left behind by a replacement that failed half-way, is an entry of its own.
public struct PlannedChange: Sendable {
    public enum Action: String, Sendable, Hashable, CaseIterable {
        case create, update, replace, delete, forget, read, noOp = "no-op"
        /// A word that this version does not know: looked at as closely as a create.
        case other
    }

    public internal(set) var address = ""
    /// Where it was before a `moved` block.
    public internal(set) var previousAddress: String?
    public internal(set) var moduleAddress: String?
    public internal(set) var isManaged = true
    public internal(set) var type = ""
    public internal(set) var name = ""
    /// The provider's own name, as `aws`, without registry and namespace.
    public internal(set) var provider = ""
    public internal(set) var deposed: String?
    public internal(set) var actionReason: String?
    public internal(set) var action = Action.other
    /// It exists already and is taken over.
    public internal(set) var isImport = false

    /// The attributes of `after` that tell of tags; others are not read.
    var after = JSONObject()
    var afterUnknown = JSONObject()
    var afterSensitive: JSON = .null
    /// How many attributes `after` has; nil when it is no object.
    var attributeCount: Int?
    /// Nothing of it is known before the apply.
    var isUnknownAsAWhole = false
    /// The names of the attributes that change, for an update or a replacement. Only if asked for.
    var changedAttributes: [String] = []
    /// The attributes that force the replacement.
    var replacingAttributes: [String] = []

    /// The words of `actions` as one.
    static func action(of words: [String]) -> Action {
        switch words {
        case ["no-op"]: .noOp
        case ["create"]: .create
        case ["read"]: .read
        case ["update"]: .update
        case ["delete"]: .delete
        case ["forget"]: .forget
        case ["delete", "create"], ["create", "delete"]: .replace
        case ["create", "forget"], ["forget", "create"]: .create
        default: words.contains("delete") ? (words.contains("create") ? .replace : .delete) : .other
        }
    }
}
