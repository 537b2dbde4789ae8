/// Reads words into a tree, by recursive descent with operator precedence.
struct PromQLParser {
    /// So that a hostile text cannot exhaust the stack.
    private static let maximumDepth = 200

    let tokens: [PromQLToken]
    let end: Int
    var position = 0
    private var depth = 0

    init(tokens: [PromQLToken], end: Int) {
        self.tokens = tokens
        self.end = end
    }

    mutating func whole() throws(PromQL.SyntaxError) -> PromQL.Node {
        let node = try expression(above: 0)
        guard position == tokens.count else { throw unexpected() }
        return node
    }

    /// An expression of operators that bind tighter than `precedence`.
    mutating func expression(above precedence: Int) throws(PromQL.SyntaxError) -> PromQL.Node {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw PromQL.SyntaxError(message: "nested deeper than \(Self.maximumDepth) levels", offset: offset) }
        var left = try signed()
        while let (operation, binding) = nextOperator(), binding > precedence {
            let operationRange = tokens[position].range
            position += 1
            let isBool = take(word: "bool")
            let matching = try matching()
            let group = matching == nil ? nil : try group()
            // Powers are taken from the right: 2 ^ 3 ^ 2.
            let right = try expression(above: operation == "^" ? binding - 1 : binding)
            let binary = PromQL.Binary(
                operation: operation, left: left, right: right, isBool: isBool, matching: matching, group: group, operationRange: operationRange)
            left = .init(kind: .binary(binary), range: left.range.lowerBound..<right.range.upperBound)
        }
        return left
    }

    private mutating func signed() throws(PromQL.SyntaxError) -> PromQL.Node {
        let start = offset
        if take("-") {
            let inner = try expression(above: Self.precedence["*", default: 0])
            return .init(kind: .negation(inner), range: start..<inner.range.upperBound)
        }
        if take("+") { return try expression(above: Self.precedence["*", default: 0]) }
        return try modified(try primary())
    }

    private static let precedence: [String: Int] = [
        "or": 1, "and": 2, "unless": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "/": 5, "%": 5, "atan2": 5,
        "^": 6,
    ]

    private func nextOperator() -> (String, Int)? {
        let text: String
        switch peek() {
        case .symbol(let symbol): text = symbol
        case .identifier(let word): text = word.lowercased()
        default: return nil
        }
        return Self.precedence[text].map { (text, $0) }
    }

    private mutating func matching() throws(PromQL.SyntaxError) -> PromQL.Binary.Matching? {
        if followed(by: "on"), take(word: "on") { return .on(try labels()) }
        if followed(by: "ignoring"), take(word: "ignoring") { return .ignoring(try labels()) }
        return nil
    }

    private mutating func group() throws(PromQL.SyntaxError) -> PromQL.Binary.Group? {
        if take(word: "group_left") { return .left(isAt("(") ? try labels() : []) }
        if take(word: "group_right") { return .right(isAt("(") ? try labels() : []) }
        return nil
    }

    /// `(a, b)`.
    mutating func labels() throws(PromQL.SyntaxError) -> [String] {
        try expect("(")
        var names: [String] = []
        while !isAt(")") {
            switch peek() {
            case .identifier(let name), .string(let name): names.append(name)
            case .number(let value) where value.isNaN || value.isInfinite: names.append(value.isNaN ? "nan" : "inf")
            default: throw unexpected("a label's name")
            }
            position += 1
            if !take(",") { break }
        }
        try expect(")")
        return names
    }

    private mutating func primary() throws(PromQL.SyntaxError) -> PromQL.Node {
        let start = offset
        switch peek() {
        case .number(let value), .duration(let value):
            position += 1
            return .init(kind: .number(value), range: start..<consumed)
        case .string(let text):
            position += 1
            return .init(kind: .string(text), range: start..<consumed)
        case .symbol("("):
            position += 1
            let inner = try expression(above: 0)
            try expect(")")
            return .init(kind: .parentheses(inner), range: start..<consumed)
        case .symbol("{"):
            return try selector(name: nil, from: start)
        case .identifier(let name):
            if Self.aggregations.contains(name.lowercased()), isAt("(", 1) || followed(by: "by", 1) || followed(by: "without", 1) {
                return try aggregation(name.lowercased())
            }
            position += 1
            return isAt("(") ? try call(name, from: start) : try selector(name: name, from: start)
        default: throw unexpected("an expression")
        }
    }

    private static let aggregations: Set<String> = [
        "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values", "limitk", "limit_ratio",
    ]

    private mutating func aggregation(_ operation: String) throws(PromQL.SyntaxError) -> PromQL.Node {
        let start = offset
        let operationRange = tokens[position].range
        position += 1
        var (grouping, groupingRange) = try self.grouping()
        var arguments = try self.arguments()
        if groupingRange == nil { (grouping, groupingRange) = try self.grouping() }
        guard let inner = arguments.popLast() else { throw PromQL.SyntaxError(message: "\(operation) has nothing to aggregate", offset: start) }
        let aggregation = PromQL.Aggregation(
            operation: operation, grouping: grouping, parameter: arguments.last, inner: inner, operationRange: operationRange,
            groupingRange: groupingRange)
        return .init(kind: .aggregation(aggregation), range: start..<consumed)
    }

    private mutating func grouping() throws(PromQL.SyntaxError) -> (PromQL.Aggregation.Grouping, Range<Int>?) {
        let start = offset
        if followed(by: "by"), take(word: "by") { return (.by(try labels()), start..<consumed) }
        if followed(by: "without"), take(word: "without") { return (.without(try labels()), start..<consumed) }
        return (.none, nil)
    }

    private mutating func arguments() throws(PromQL.SyntaxError) -> [PromQL.Node] {
        try expect("(")
        var arguments: [PromQL.Node] = []
        while !isAt(")") {
            arguments.append(try expression(above: 0))
            if !take(",") { break }
        }
        try expect(")")
        return arguments
    }

    private mutating func call(_ name: String, from start: Int) throws(PromQL.SyntaxError) -> PromQL.Node {
        let functionRange = start..<consumed
        let call = PromQL.Call(function: name, arguments: try arguments(), functionRange: functionRange)
        return .init(kind: .call(call), range: start..<consumed)
    }
}

// MARK: - The words ahead
extension PromQLParser {
    var offset: Int { position < tokens.count ? tokens[position].range.lowerBound : end }
    /// Where the last word ended.
    var consumed: Int { position > 0 ? tokens[position - 1].range.upperBound : 0 }

    func peek(_ ahead: Int = 0) -> PromQLToken.Kind? { position + ahead < tokens.count ? tokens[position + ahead].kind : nil }

    func isAt(_ symbol: String, _ ahead: Int = 0) -> Bool { peek(ahead) == .symbol(symbol) }

    /// The word is there, and a list of labels after it: else it is a metric of that name.
    func followed(by word: String, _ ahead: Int = 0) -> Bool {
        guard case .identifier(let name) = peek(ahead) else { return false }
        return name.lowercased() == word && isAt("(", ahead + 1)
    }

    mutating func take(_ symbol: String) -> Bool {
        guard isAt(symbol) else { return false }
        position += 1
        return true
    }

    mutating func take(word: String) -> Bool {
        guard case .identifier(let name) = peek(), name.lowercased() == word else { return false }
        position += 1
        return true
    }

    mutating func expect(_ symbol: String) throws(PromQL.SyntaxError) {
        guard take(symbol) else { throw unexpected(symbol) }
    }

    func unexpected(_ wanted: String? = nil) -> PromQL.SyntaxError {
        let found =
            switch peek() {
            case nil: "the end of the expression"
            case .symbol(let text), .identifier(let text): text
            case .string(let text): "\"\(text)\""
            case .number(let value): "\(value)"
            case .duration(let seconds): PromQLDuration.text(seconds)
            }
        return PromQL.SyntaxError(message: wanted.map { "expected \($0), found \(found)" } ?? "unexpected \(found)", offset: offset)
    }
}
