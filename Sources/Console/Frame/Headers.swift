import HTTPTypes

extension HTTPFields {
    /// The first value of a header by its name, for those that have no constant.
    subscript(named name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}
