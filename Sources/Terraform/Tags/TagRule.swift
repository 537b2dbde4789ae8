/// The tag that every resource of a project carries. Rights are scoped by it, so its value decides who may touch the resource.
public struct TagRule: Sendable, Hashable {
    public var key: String
    public var value: String

    /// - Parameter value: the project's name, if nothing else is asked for.
    public init(key: String = "Project", value: String) {
        self.key = key
        self.value = value
    }

    /// Google's labels have small letters only.
    var label: TagRule { TagRule(key: key.lowercased(), value: value.lowercased()) }
}
