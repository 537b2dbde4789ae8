import Monitoring
import Testing

/// A tree as text: every operation with its parts in parentheses.
private func shown(_ node: PromQL.Node) -> String {
    switch node.kind {
    case .number(let value): return "\(value)"
    case .string(let text): return "'\(text)'"
    case .parentheses(let inner): return shown(inner)
    case .negation(let inner): return "(neg \(shown(inner)))"
    case .call(let call): return "(\(call.function) \(call.arguments.map(shown).joined(separator: " ")))"
    case .selector(let selector):
        let matchers = selector.matchers.map { "\($0.label)\($0.operation.rawValue)\($0.value)" }.joined(separator: ",")
        return (selector.name ?? "") + (matchers.isEmpty ? "" : "{\(matchers)}") + (selector.window.map { "[\($0)]" } ?? "")
            + shown(selector.modifiers)
    case .subquery(let subquery):
        return "(sub \(shown(subquery.inner)) \(subquery.window) \(subquery.step.map { "\($0)" } ?? "-"))" + shown(subquery.modifiers)
    case .aggregation(let aggregation):
        let grouping =
            switch aggregation.grouping {
            case .none: ""
            case .by(let names): " by\(names)"
            case .without(let names): " without\(names)"
            }
        return "(\(aggregation.operation)\(grouping)\(aggregation.parameter.map { " " + shown($0) } ?? "") \(shown(aggregation.inner)))"
    case .binary(let binary):
        let matching = [binary.isBool ? "bool" : nil, binary.matching.map { "\($0)" }, binary.group.map { "\($0)" }].compactMap { $0 }
        return "(\(([binary.operation] + matching).joined(separator: " ")) \(shown(binary.left)) \(shown(binary.right)))"
    }
}

private func shown(_ modifiers: PromQL.Modifiers) -> String {
    (modifiers.offset.map { " offset \($0)" } ?? "") + (modifiers.at.map { " @\($0)" } ?? "")
}

@Suite struct PromQLParserTests {
    @Test(
        "expressions become trees",
        arguments: [
            ("up", "up"), ("1 + 2 * 3", "(+ 1.0 (* 2.0 3.0))"), ("(1 + 2) * 3", "(* (+ 1.0 2.0) 3.0)"), ("2 ^ 3 ^ 2", "(^ 2.0 (^ 3.0 2.0))"),
            ("1 - 2 - 3", "(- (- 1.0 2.0) 3.0)"), ("-a ^ 2", "(neg (^ a 2.0))"), ("-a * b", "(* (neg a) b)"),
            ("2 ^ -3 * 4", "(* (^ 2.0 (neg 3.0)) 4.0)"),
            ("a or b and c unless d", "(or a (unless (and b c) d))"), ("a > bool 1 == 2", "(== (> bool a 1.0) 2.0)"),
            ("0x1F + .5 + 1e3", "(+ (+ 31.0 0.5) 1000.0)"),
            ("Inf > -NaN", "(> inf (neg nan))"), ("a{x=\"1\",y!='2', z=~`3\\.`, w!~\"4\",}", "a{x=1,y!=2,z=~3\\.,w!~4}"),
            ("{__name__=\"a b\"}", "{__name__=a b}"),
            ("rate(x[5m])", "(rate x[300.0])"), ("x[1h30m] offset -5m @ start()", "x[5400.0] offset -300.0 @start"),
            ("x @ 1609746000 offset 1w", "x offset 604800.0 @time(1609746000.0)"),
            ("max_over_time(rate(x[5m])[1h:30s])", "(max_over_time (sub (rate x[300.0]) 3600.0 30.0))"), ("x[5m:]", "(sub x 300.0 -)"),
            ("sum by (a, b) (x)", "(sum by[\"a\", \"b\"] x)"), ("SUM(x) WITHOUT (a,)", "(sum without[\"a\"] x)"), ("topk(5, x)", "(topk 5.0 x)"),
            ("count_values(\"v\", x)", "(count_values 'v' x)"), ("sum(sum) by (by)", "(sum by[\"by\"] sum)"), ("sum > 1", "(> sum 1.0)"),
            ("a * on(x) group_left(y) b", "(* on([\"x\"]) left([\"y\"]) a b)"), ("a / ignoring() group_right b", "(/ ignoring([]) right([]) a b)"),
            ("a + on + b", "(+ (+ a on) b)"), ("a:b:c", "a:b:c"), ("time() # now\n - 1", "(- (time ) 1.0)"), ("\"a\\n\\x41\\u00e9\"", "'a\nAé'"),
            ("a atan2 b", "(atan2 a b)"),
            ("{\"my.metric\", \"my label\"=\"x\"}", "my.metric{my label=x}"), ("offset offset 5m", "offset offset 300.0"),
        ])
    func parses(text: String, tree: String) throws {
        #expect(shown(try PromQL.parse(text)) == tree)
    }

    @Test(
        "what is no expression is refused, with its place",
        arguments: [
            ("", 0, "expected an expression"), ("a +", 3, "expected an expression"), ("rate(x[5m]", 10, "expected )"), ("a b", 2, "unexpected b"),
            ("x{a}", 3, "expected =, !="),
            ("sum()", 0, "nothing to aggregate"), ("(a + b)[5m]", 0, "a range needs a metric"), ("\"a", 0, "not closed"),
            ("a ? b", 2, "unexpected character"), ("5x", 0, "neither a number"),
            ("x[5m", 4, "expected ]"), ("x{a=b}", 4, "a text in quotes"),
        ])
    func refuses(text: String, offset: Int, message: String) {
        let error = #expect(throws: PromQL.SyntaxError.self) { try PromQL.parse(text) }
        #expect(error?.offset == offset)
        #expect(error?.message.contains(message) == true)
    }

    @Test func `a text of many brackets does not exhaust the stack`() {
        #expect(throws: PromQL.SyntaxError.self) { try PromQL.parse(String(repeating: "(", count: 100_000)) }
        #expect(throws: PromQL.SyntaxError.self) { try PromQL.parse(String(repeating: "-", count: 100_000) + "1") }
    }

    @Test func `parts know where they stand`() throws {
        let text = "sum by (app) (rate(x{a=\"é\"}[5m])) > 1"
        var places: [String] = []
        try PromQL.parse(text).walk { node, _ in places.append(String(decoding: Array(text.utf8)[node.range], as: UTF8.self)) }
        #expect(places == [text, "sum by (app) (rate(x{a=\"é\"}[5m]))", "rate(x{a=\"é\"}[5m])", "x{a=\"é\"}[5m]", "1"])
    }

    @Test(arguments: [("5m", 300.0), ("1h30m", 5400), ("1d", 86_400), ("500ms", 0.5), ("1y2w", 32_745_600), ("0", 0)])
    func `durations are read`(text: String, seconds: Double) {
        #expect(PromQLDuration.seconds(text) == seconds)
    }

    @Test(arguments: ["", "5", "m", "5x", "-5m", "5 m", "1.5h"])
    func `other texts are no durations`(text: String) {
        #expect(PromQLDuration.seconds(text) == nil)
    }

    @Test(arguments: [(0.0, "0s"), (90, "1m30s"), (0.25, "250ms"), (90_061, "1d1h1m1s")])
    func `durations are written`(seconds: Double, text: String) {
        #expect(PromQLDuration.text(seconds) == text)
    }
}
