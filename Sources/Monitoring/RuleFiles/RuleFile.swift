/// A Prometheus rule file, with the place of everything in it.
public struct RuleFile: Sendable {
    public let path: String
    public let source: SourceText
    public let groups: [Group]
    /// The comments that silence a check for the whole file.
    public let silences: [Silence]
    /// The comments that stand above no rule.
    let strayedSilences: [Silence]
    /// A part refers to another one: `*name`.
    let hasAliases: Bool
    /// What keeps the file, or a part of it, from being read.
    public let problems: [RuleFileProblem]

    public var rules: [Rule] { groups.flatMap(\.rules) }

    public struct Group: Sendable {
        public let name: String
        public let start: SourcePosition
        /// Seconds; nil for the server's own.
        public let interval: Double?
        public let rules: [Rule]
        /// The first line of the group's item, and the one after its last.
        let lines: Range<Int>
    }

    /// An alert, or a recording rule.
    public struct Rule: Sendable {
        public enum Kind: Sendable, Hashable { case alert, recording }

        /// A label or an annotation.
        public struct Pair: Sendable {
            public let key: SourceScalar
            public let value: SourceScalar
        }

        public let kind: Kind
        public let name: SourceScalar
        public let expression: SourceScalar
        /// nil when it is no expression; ``syntaxError`` says why.
        public let query: PromQL.Node?
        public let syntaxError: PromQL.SyntaxError?
        public let hold: SourceScalar?
        public let keepFiring: SourceScalar?
        public let labels: [Pair]
        public let annotations: [Pair]
        /// Where its first key stands.
        public let start: SourcePosition
        public let lastLine: Int
        public let silences: [Silence]

        public func label(_ name: String) -> SourceScalar? { labels.first { $0.key.text == name }?.value }
        public func annotation(_ name: String) -> SourceScalar? { annotations.first { $0.key.text == name }?.value }
    }
}

/// A comment that switches a check off: `# jubako: ignore CHECK reason`.
public struct Silence: Sendable, Hashable {
    public let check: String
    public let reason: String
    public let position: SourcePosition
    /// It is for the whole file, not for the rule below it.
    public let isForFile: Bool
}

/// A place where a rule file is not what Prometheus expects.
public struct RuleFileProblem: Sendable, Hashable {
    public let message: String
    public let position: SourcePosition
}
