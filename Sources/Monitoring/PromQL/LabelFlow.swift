/// Which labels the result of an expression can have.
public struct LabelFlow: Sendable {
    public enum Labels: Sendable, Hashable {
        /// Any but these: what the series have is not known.
        case anyExcept(Set<String>)
        /// None but these.
        case only(Set<String>)
    }

    public var labels: Labels
    /// The part of the expression that took labels away last, if one did.
    public var limit: Range<Int>?

    /// The result may carry this label.
    public func canHave(_ label: String) -> Bool {
        switch labels {
        case .anyExcept(let missing): !missing.contains(label)
        case .only(let present): present.contains(label)
        }
    }

    /// The flow of labels through an expression, as Prometheus evaluates it.
    public init(_ node: PromQL.Node) {
        switch node.kind {
        case .number, .string: self.init(.only([]), nil)
        case .selector(let selector):
            let absent = selector.matchers.filter { $0.operation == .equal && $0.value.isEmpty }.map(\.label)
            self.init(.anyExcept(Set(absent)), nil)
        case .subquery(let subquery): self.init(subquery.inner)
        case .negation(let inner), .parentheses(let inner): self.init(inner)
        case .aggregation(let aggregation): self.init(aggregation, node.range)
        case .binary(let binary): self.init(binary, node.range)
        case .call(let call): self.init(call, node.range)
        }
    }

    private init(_ labels: Labels, _ limit: Range<Int>?) {
        self.labels = labels
        self.limit = limit
    }

    private init(_ aggregation: PromQL.Aggregation, _ range: Range<Int>) {
        self.init(aggregation.inner)
        if ["topk", "bottomk", "limitk", "limit_ratio"].contains(aggregation.operation) { return }
        switch aggregation.grouping {
        case .none: keep(only: [], because: aggregation.operationRange)
        case .by(let names): keep(only: Set(names), because: aggregation.groupingRange ?? range)
        case .without(let names): remove(Set(names), because: aggregation.groupingRange ?? range)
        }
        if aggregation.operation == "count_values", case .string(let label)? = aggregation.parameter?.bare.kind { add([label]) }
    }

    private init(_ call: PromQL.Call, _ range: Range<Int>) {
        switch call.function {
        case "absent", "absent_over_time":
            guard case .selector(let selector)? = call.arguments.first?.bare.kind else {
                self.init(.only([]), range)
                return
            }
            let written = Dictionary(grouping: selector.matchers, by: \.label)
            let kept = written.filter { $0.key != "__name__" && $0.value.count == 1 && $0.value[0].operation == .equal }.map(\.key)
            self.init(.only(Set(kept)), range)
        case "vector", "scalar", "time", "pi": self.init(.only([]), range)
        default:
            // What a function of the clock (hour(), minute()) has without an argument is nothing.
            guard let vector = call.arguments.first(where: { !$0.isScalar }) else {
                self.init(.only([]), range)
                return
            }
            self.init(vector)
            if ["histogram_quantile", "histogram_fraction"].contains(call.function) { remove(["le"], because: call.functionRange) }
            if ["label_replace", "label_join"].contains(call.function), call.arguments.count > 1, case .string(let label) = call.arguments[1].kind {
                add([label])
            }
        }
    }

    private init(_ binary: PromQL.Binary, _ range: Range<Int>) {
        if binary.left.isScalar {
            self.init(binary.right)
            return
        }
        self.init(binary.left)
        if binary.right.isScalar { return }
        let right = LabelFlow(binary.right)
        switch (binary.operation, binary.group) {
        case ("and", _), ("unless", _): return
        case ("or", _): unite(right)
        case (_, .left(let extra)): add(Set(extra.filter(right.canHave)))
        case (_, .right(let extra)):
            let left = self
            self = right
            add(Set(extra.filter(left.canHave)))
        default:
            switch binary.matching {
            case .on(let names): keep(only: Set(names), because: binary.operationRange)
            case .ignoring(let names): remove(Set(names), because: binary.operationRange)
            case nil: break
            }
            intersect(right)
        }
    }

    private mutating func keep(only names: Set<String>, because range: Range<Int>) {
        labels = .only(names.filter(canHave))
        limit = range
    }

    private mutating func remove(_ names: Set<String>, because range: Range<Int>) {
        switch labels {
        case .anyExcept(let missing): labels = .anyExcept(missing.union(names))
        case .only(let present): labels = .only(present.subtracting(names))
        }
        limit = range
    }

    private mutating func add(_ names: Set<String>) {
        switch labels {
        case .anyExcept(let missing): labels = .anyExcept(missing.subtracting(names))
        case .only(let present): labels = .only(present.union(names))
        }
    }

    private mutating func unite(_ other: LabelFlow) {
        switch (labels, other.labels) {
        case (.anyExcept(let left), .anyExcept(let right)): labels = .anyExcept(left.intersection(right))
        case (.only(let left), .only(let right)): labels = .only(left.union(right))
        case (.anyExcept(let missing), .only(let present)), (.only(let present), .anyExcept(let missing)):
            labels = .anyExcept(missing.subtracting(present))
        }
    }

    private mutating func intersect(_ other: LabelFlow) {
        switch (labels, other.labels) {
        case (.anyExcept(let left), .anyExcept(let right)): labels = .anyExcept(left.union(right))
        case (.only(let present), _): labels = .only(present.filter(other.canHave))
        case (_, .only(let present)):
            labels = .only(present.filter(canHave))
            limit = other.limit
        }
    }
}

extension PromQL.Node {
    /// A number, not a vector.
    public var isScalar: Bool {
        switch kind {
        case .number: true
        case .parentheses(let inner), .negation(let inner): inner.isScalar
        case .call(let call): ["time", "scalar", "pi"].contains(call.function)
        case .binary(let binary): binary.left.isScalar && binary.right.isScalar
        case .string: true
        default: false
        }
    }
}
