import Foundation
import Monitoring
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Whether a program is on PATH.
func isInstalled(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
}

@Suite(.enabled(if: isInstalled("promtool"), "promtool is not installed")) struct PromtoolAgreementTests {
    /// Pieces from which expressions are put together, most of them valid.
    private static let operands = [
        "up", "up{app=\"a\"}", "1", "-1", "rate(x_total[5m])", "sum by (app) (x)", "sum(x) without (app)", "vector(1)", "(x)", "x offset 5m",
        "x @ end()", "max_over_time(x[1h:5m])",
        "topk(3, x)", "absent(x)", "scalar(x)", "by", "count", "on", "Inf", "0x10", "1e-3", "time()",
        "histogram_quantile(0.9, sum by (le) (rate(b_bucket[5m])))",
        "label_replace(x, \"a\", \"$1\", \"b\", \"(.*)\")", "x{a=~\"b|c\",d!=\"\",}", "{a=\"b\"}", "count_values(\"v\", x)", "x[5m] offset 1m",
        "\"text\"", "hour()", "-x ^ 2", "quantile(0.5, x)",
    ]
    private static let operators = [
        "+", "-", "*", "/", "%", "^", "==", "> bool", "and", "or", "unless", "> on (app)", "/ ignoring (app) group_left",
        "* on (app) group_right (team)", "atan2", "!=",
        "<= ignoring ()", "and on ()",
    ]

    @Test func `whatever promtool takes, this parser takes`() async throws {
        var expressions = Self.operands
        var random = SplitMix(state: 42)
        for operation in Self.operators {
            for left in Self.operands { expressions.append("\(left) \(operation) \(Self.operands.randomElement(using: &random) ?? "up")") }
        }
        for _ in 0..<300 {
            var text = Self.operands.randomElement(using: &random) ?? "up"
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                text += " \(Self.operators.randomElement(using: &random) ?? "+") \(Self.operands.randomElement(using: &random) ?? "up")"
            }
            expressions.append(text)
        }
        let refused = try await Self.refused(expressions)
        let disagreements = expressions.enumerated().filter { index, text in !refused.contains(index) && (try? PromQL.parse(text)) == nil }
        #expect(disagreements.map(\.element) == [])
        #expect(refused.count < expressions.count / 2)
    }

    /// The indices of the expressions that promtool does not take.
    private static func refused(_ expressions: [String]) async throws -> Set<Int> {
        try await withTemporaryDirectory { directory in
            let file = directory.appending(path: "rules.yml")
            let rules = expressions.enumerated().map { "  - record: r\($0.offset)\n    expr: |-\n      \($0.element)\n" }
            try Data(("groups:\n- name: all\n  rules:\n" + rules.joined()).utf8).write(to: file)
            let result = try await Subprocess.run(
                .name("promtool"), arguments: ["check", "rules", "--lint=none", file.path], output: .discarded, error: .string(limit: 1 << 24))
            return Set(result.standardError.matches(of: #/"r(\d+)": could not parse/#).compactMap { Int($0.1) })
        }
    }
}

/// A generator whose numbers are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
