/// Prometheus' query language as a tree with positions, for checks. `promtool` stays the judge of what is valid: this reader takes everything that
/// it takes, and is not strict about types.
///
/// Positions are offsets into the UTF-8 of the expression's text.
public enum PromQL {
    /// Reads one expression.
    ///
    /// - Throws: ``SyntaxError``.
    public static func parse(_ text: String) throws(SyntaxError) -> Node {
        var parser = PromQLParser(tokens: try PromQLLexer.tokens(of: text), end: text.utf8.count)
        return try parser.whole()
    }

    /// A text that is no expression, and where it stops being one.
    public struct SyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
        public let message: String
        public let offset: Int

        public var description: String { "\(message) (at byte \(offset) of the expression)" }
    }

    /// A part of an expression, and where it stands.
    public struct Node: Sendable {
        public let kind: Kind
        public let range: Range<Int>

        public indirect enum Kind: Sendable {
            case number(Double)
            case string(String)
            case selector(Selector)
            case subquery(Subquery)
            case aggregation(Aggregation)
            case binary(Binary)
            case negation(Node)
            case call(Call)
            case parentheses(Node)
        }

        /// Itself without parentheses and signs around it.
        public var bare: Node {
            switch kind {
            case .parentheses(let inner), .negation(let inner): inner.bare
            default: self
            }
        }

        /// The parts right below this one.
        public var children: [Node] {
            switch kind {
            case .number, .string, .selector: []
            case .subquery(let subquery): [subquery.inner]
            case .aggregation(let aggregation): (aggregation.parameter.map { [$0] } ?? []) + [aggregation.inner]
            case .binary(let binary): [binary.left, binary.right]
            case .negation(let inner), .parentheses(let inner): [inner]
            case .call(let call): call.arguments
            }
        }

        /// Visits this part and everything below, from the outside to the inside; `path` holds what is above, the nearest last.
        public func walk(_ visit: (Node, _ path: [Node]) -> Void) {
            var path: [Node] = []
            walk(&path, visit)
        }

        private func walk(_ path: inout [Node], _ visit: (Node, [Node]) -> Void) {
            visit(self, path)
            path.append(self)
            for child in children { child.walk(&path, visit) }
            path.removeLast()
        }
    }

    /// `name{matchers}[range] offset … @ …`.
    public struct Selector: Sendable {
        public let name: String?
        public let matchers: [Matcher]
        /// Where one more matcher can be written.
        public let insertion: PromQL.Insertion
        /// Seconds; nil for an instant vector.
        public var window: Double?
        public var modifiers = Modifiers()

        /// The metric's name, also when it was written as a matcher.
        public var metric: String? { name ?? matchers.first { $0.label == "__name__" && $0.operation == .equal }?.value }
    }

    /// A place for one more matcher: an offset, and what stands around it.
    public struct Insertion: Sendable, Hashable {
        public enum Form: Sendable, Hashable {
            /// After a name without braces.
            case braces
            /// Between empty braces.
            case alone
            /// Before other matchers.
            case list
        }

        public let offset: Int
        public let form: Form
    }

    /// `label="value"`.
    public struct Matcher: Sendable {
        public enum Operation: String, Sendable {
            case equal = "="
            case notEqual = "!="
            case matches = "=~"
            case matchesNot = "!~"
        }

        public let label: String
        public let operation: Operation
        public let value: String
        public let range: Range<Int>
    }

    /// `offset` and `@`.
    public struct Modifiers: Sendable {
        /// Seconds.
        public var offset: Double?
        public var at: Instant?

        public enum Instant: Sendable, Hashable {
            case time(Double)
            case start, end
        }
    }

    /// `expression[range:step]`, both in seconds.
    public struct Subquery: Sendable {
        public let inner: Node
        public let window: Double
        public let step: Double?
        public var modifiers = Modifiers()
    }

    /// `sum by (label) (expression)`.
    public struct Aggregation: Sendable {
        public enum Grouping: Sendable, Hashable {
            case none
            case by([String])
            case without([String])
        }

        /// In lower case.
        public let operation: String
        public let grouping: Grouping
        /// What stands before the comma: `topk(5, …)`.
        public let parameter: Node?
        public let inner: Node
        /// Where the operation's name, and the `by` or `without` if there is one, stand.
        public let operationRange: Range<Int>
        public let groupingRange: Range<Int>?
    }

    /// Two expressions with an operator between them.
    public struct Binary: Sendable {
        public enum Matching: Sendable, Hashable {
            case on([String])
            case ignoring([String])
        }

        public enum Group: Sendable, Hashable {
            case left([String])
            case right([String])
        }

        /// In lower case.
        public let operation: String
        public let left: Node
        public let right: Node
        public let isBool: Bool
        public let matching: Matching?
        public let group: Group?
        public let operationRange: Range<Int>

        public var isComparison: Bool { ["==", "!=", "<", "<=", ">", ">="].contains(operation) }
        public var isSetOperation: Bool { ["and", "or", "unless"].contains(operation) }
    }

    /// `function(arguments)`.
    public struct Call: Sendable {
        public let function: String
        public let arguments: [Node]
        public let functionRange: Range<Int>
    }
}
