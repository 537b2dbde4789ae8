/// Whether an expression leaves something out, and its value where that is known beforehand.
enum AlertCondition {
    enum Constant { case scalar(Double), vector(Double), empty }

    /// The expression returns nothing while all is well.
    static func filters(_ node: PromQL.Node) -> Bool {
        switch node.kind {
        case .parentheses(let inner), .negation(let inner): return filters(inner)
        case .subquery(let subquery): return filters(subquery.inner)
        case .aggregation(let aggregation): return filters(aggregation.inner)
        case .call(let call): return call.function.hasPrefix("absent") || call.arguments.contains(where: filters)
        case .selector(let selector): return selector.metric == "ALERTS"
        case .number, .string: return false
        case .binary(let binary):
            if binary.isComparison { return !binary.isBool || filters(binary.left) || filters(binary.right) }
            switch binary.operation {
            case "or": return filters(binary.left) && filters(binary.right)
            case "unless": return true
            default: return filters(binary.left) || filters(binary.right)
            }
        }
    }

    static func constant(_ node: PromQL.Node) -> Constant? {
        switch node.kind {
        case .number(let value): return .scalar(value)
        case .parentheses(let inner): return constant(inner)
        case .negation(let inner):
            switch constant(inner) {
            case .scalar(let value): return .scalar(-value)
            case .vector(let value): return .vector(-value)
            case let other: return other
            }
        case .call(let call) where call.function == "vector" && call.arguments.count == 1:
            if case .scalar(let value)? = constant(call.arguments[0]) { return .vector(value) }
            return nil
        case .binary(let binary): return constant(binary)
        default: return nil
        }
    }

    private static func constant(_ binary: PromQL.Binary) -> Constant? {
        guard let left = constant(binary.left), let right = constant(binary.right) else { return nil }
        guard let first = left.value, let second = right.value else { return binary.operation == "or" ? (left.value == nil ? right : left) : .empty }
        let isScalar = left.isScalar && right.isScalar
        func result(_ value: Double) -> Constant { isScalar ? .scalar(value) : .vector(value) }
        if binary.isComparison {
            let holds = compare(first, binary.operation, second)
            if binary.isBool { return result(holds ? 1 : 0) }
            return holds ? result(left.isScalar ? second : first) : .empty
        }
        switch binary.operation {
        case "+": return result(first + second)
        case "-": return result(first - second)
        case "*": return result(first * second)
        case "/": return result(first / second)
        case "and", "or": return left
        case "unless": return .empty
        default: return nil
        }
    }

    private static func compare(_ left: Double, _ operation: String, _ right: Double) -> Bool {
        switch operation {
        case "==": left == right
        case "!=": left != right
        case "<": left < right
        case "<=": left <= right
        case ">": left > right
        default: left >= right
        }
    }
}

extension AlertCondition.Constant {
    var value: Double? {
        switch self {
        case .scalar(let value), .vector(let value): value
        case .empty: nil
        }
    }
    var isScalar: Bool { if case .scalar = self { true } else { false } }
}

/// An alert whose expression compares nothing fires for whatever the metric says.
struct AlertComparisonMissing: RuleCheck {
    let id = "alert-comparison-missing"
    let severity = CheckSeverity.warning
    let summary = "the alert's expression has no condition, so it fires whenever the series exists"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert, AlertCondition.constant(rule.query) == nil, !AlertCondition.filters(rule.query) else { return }
        guard !rule.binaries.contains(where: { $0.binary.isComparison && $0.binary.isBool }) else { return }
        report.add(
            "the alert fires whenever this returns a series, whatever its value: compare it, such as … > 0", at: rule.place(rule.query.range))
    }
}

/// A comparison with `bool` returns 0 or 1, and both fire.
struct AlertComparisonBool: RuleCheck {
    let id = "alert-comparison-bool"
    let severity = CheckSeverity.error
    let summary = "the alert's condition is a comparison with `bool`, which returns 0 instead of nothing"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert, AlertCondition.constant(rule.query) == nil, !AlertCondition.filters(rule.query) else { return }
        guard let (binary, _) = rule.binaries.first(where: { $0.binary.isComparison && $0.binary.isBool }) else { return }
        report.add("\(binary.operation) bool returns 0 instead of nothing, and 0 fires too: remove bool", at: rule.place(binary.operationRange))
    }
}

/// An alert on a constant.
struct AlertAlwaysFiring: RuleCheck {
    let id = "alert-always-firing"
    let severity = CheckSeverity.error
    let summary = "the alert's expression is a constant that always fires"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert, !rule.isWatchdog, let constant = AlertCondition.constant(rule.query), constant.value != nil else { return }
        report.add(
            "this is a constant, so the alert always fires: compare a metric, or call the alert Watchdog if that is what it is for",
            at: rule.place(rule.query.range))
    }
}

/// An alert that cannot fire.
struct AlertNeverFiring: RuleCheck {
    let id = "alert-never-firing"
    let severity = CheckSeverity.error
    let summary = "the alert's expression can never return anything"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        guard rule.isAlert else { return }
        if case .empty? = AlertCondition.constant(rule.query) {
            report.add("this never returns anything, so the alert never fires: correct the comparison", at: rule.place(rule.query.range))
        }
        for (binary, part) in rule.binaries where binary.isComparison && !binary.isBool {
            guard case .aggregation(let aggregation) = binary.left.bare.kind, aggregation.operation == "count",
                !Self.isEmptyCheckUseful(aggregation.inner), case .scalar(let limit)? = AlertCondition.constant(binary.right)
            else { continue }
            guard binary.operation == "==" && limit == 0 || binary.operation == "<" && limit <= 1 || binary.operation == "<=" && limit < 1 else {
                continue
            }
            report.add("count of no series is no result, not 0, so this is never true: use absent(…)", at: rule.place(part.node.range))
        }
    }

    /// `… or vector(0)` gives count something to count.
    private static func isEmptyCheckUseful(_ node: PromQL.Node) -> Bool {
        guard case .binary(let binary) = node.bare.kind else { return false }
        return binary.operation == "or"
    }
}
