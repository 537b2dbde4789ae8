extension PromQLParser {
    /// What stands between braces after a metric's name, or alone.
    mutating func selector(name: String?, from start: Int) throws(PromQL.SyntaxError) -> PromQL.Node {
        var name = name
        var matchers: [PromQL.Matcher] = []
        var insertion = PromQL.Insertion(offset: consumed, form: .braces)
        if take("{") {
            insertion = .init(offset: consumed, form: isAt("}") ? .alone : .list)
            while !isAt("}") {
                let from = offset
                guard let label = labelName() else { throw unexpected("a label's name") }
                if label.isQuoted, isAt(",") || isAt("}") {  // Prometheus 3: {"a metric", label="value"}
                    name = label.text
                } else {
                    matchers.append(try matcher(label.text, from: from))
                }
                if !take(",") { break }
            }
            try expect("}")
        }
        return .init(kind: .selector(PromQL.Selector(name: name, matchers: matchers, insertion: insertion)), range: start..<consumed)
    }

    private mutating func labelName() -> (text: String, isQuoted: Bool)? {
        defer { position += 1 }
        switch peek() {
        case .identifier(let text): return (text, false)
        case .string(let text): return (text, true)
        case .number(let value) where value.isNaN || value.isInfinite: return (value.isNaN ? "nan" : "inf", false)
        default:
            position -= 1
            return nil
        }
    }

    private mutating func matcher(_ label: String, from start: Int) throws(PromQL.SyntaxError) -> PromQL.Matcher {
        guard case .symbol(let symbol) = peek(), let operation = PromQL.Matcher.Operation(rawValue: symbol) else {
            throw unexpected("=, !=, =~ or !~")
        }
        position += 1
        guard case .string(let value) = peek() else { throw unexpected("a text in quotes") }
        position += 1
        return PromQL.Matcher(label: label, operation: operation, value: value, range: start..<consumed)
    }

    /// What may follow an expression: `[5m]`, `[1h:5m]`, `offset`, `@`, in any number.
    mutating func modified(_ node: PromQL.Node) throws(PromQL.SyntaxError) -> PromQL.Node {
        var node = node
        while true {
            let start = node.range.lowerBound
            if take("[") {
                node = try ranged(node, from: start)
            } else if case .identifier(let word) = peek(), word.lowercased() == "offset", isDuration(1) {
                position += 1
                let seconds = try duration()
                node = .init(kind: node.kind.with { $0.offset = seconds }, range: start..<consumed)
            } else if take("@") {
                let instant = try instant()
                node = .init(kind: node.kind.with { $0.at = instant }, range: start..<consumed)
            } else {
                return node
            }
        }
    }

    private mutating func ranged(_ node: PromQL.Node, from start: Int) throws(PromQL.SyntaxError) -> PromQL.Node {
        let window = try duration()
        if take(":") {
            let step = isAt("]") ? nil : try duration()
            try expect("]")
            return .init(kind: .subquery(.init(inner: node, window: window, step: step)), range: start..<consumed)
        }
        try expect("]")
        guard case .selector(var selector) = node.kind, selector.window == nil else {
            throw PromQL.SyntaxError(message: "a range needs a metric before it; for an expression write [5m:]", offset: start)
        }
        selector.window = window
        return .init(kind: .selector(selector), range: start..<consumed)
    }

    private func isDuration(_ ahead: Int) -> Bool {
        switch peek(ahead) {
        case .duration, .number: true
        case .symbol("-"), .symbol("+"): isDuration(ahead + 1)
        default: false
        }
    }

    private mutating func duration() throws(PromQL.SyntaxError) -> Double {
        let sign: Double = take("-") ? -1 : 1
        _ = take("+")
        switch peek() {
        case .duration(let seconds), .number(let seconds):
            position += 1
            return sign * seconds
        default: throw unexpected("a duration such as 5m")
        }
    }

    private mutating func instant() throws(PromQL.SyntaxError) -> PromQL.Modifiers.Instant {
        for (word, instant) in [("start", PromQL.Modifiers.Instant.start), ("end", .end)] where take(word: word) {
            try expect("(")
            try expect(")")
            return instant
        }
        return .time(try duration())
    }
}

extension PromQL.Node.Kind {
    fileprivate func with(_ change: (inout PromQL.Modifiers) -> Void) -> Self {
        switch self {
        case .selector(var selector):
            change(&selector.modifiers)
            return .selector(selector)
        case .subquery(var subquery):
            change(&subquery.modifiers)
            return .subquery(subquery)
        default: return self
        }
    }
}
