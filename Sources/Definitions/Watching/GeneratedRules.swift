/// A Prometheus rule file that another part than the rule folder has made of definitions.
public struct GeneratedRules: Sendable, Hashable {
    /// What a part of the file was made of.
    public struct Origin: Sendable, Hashable {
        /// The first line of it in the text, counted from 1.
        public let line: Int
        /// The start of the names of its groups.
        public let group: String
        /// The definition, or a file that it includes.
        public let file: String
        public let fileLine: Int
        public let column: Int

        public init(line: Int, group: String, file: String, fileLine: Int, column: Int) {
            self.line = line
            self.group = group
            self.file = file
            self.fileLine = fileLine
            self.column = column
        }
    }

    /// The file's name without its extension.
    public let name: String
    public let text: String
    /// In the order of their lines.
    public let origins: [Origin]

    public init(name: String, text: String, origins: [Origin]) {
        self.name = name
        self.text = text
        self.origins = origins
    }

    /// What the text in `line` was made of.
    public func origin(atLine line: Int) -> Origin? { origins.last { $0.line <= line } }

    /// What the group called `name` was made of.
    public func origin(ofGroup name: String) -> Origin? { origins.last { name == $0.group || name.hasPrefix($0.group + ":") } }
}
