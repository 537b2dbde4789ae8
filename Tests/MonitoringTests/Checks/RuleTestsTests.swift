import Foundation
import TestSupport
import Testing

@testable import Monitoring

private let rules = "groups:\n- name: a\n  rules:\n  - alert: Down\n    expr: up == 0\n    for: 1m\n"

private func test(expecting alerts: String, ruleFile: String = "rules.yml") -> String {
    """
    rule_files: [\(ruleFile)]
    tests:
      - interval: 1m
        input_series:
          - series: up{app="a"}
            values: 0x10
        alert_rule_test:
          - alertname: Down
            eval_time: 5m
            exp_alerts: \(alerts)
        promql_expr_test:
          - expr: up
            eval_time: 1m
            exp_samples:
              - {labels: 'up{app="a"}', value: 0}
    """
}

@Suite(.enabled(if: isInstalled("promtool"), "promtool is not installed")) struct RuleTestsTests {
    private func run(_ files: [String: String]) async throws -> [String] {
        try await withTemporaryDirectory { directory in
            try FileManager.default.createDirectory(at: directory.appending(path: "tests"), withIntermediateDirectories: true)
            for (name, text) in files { try Data(text.utf8).write(to: directory.appending(path: name)) }
            let report = try await RuleTests().run([directory.path])
            return report.failures.map { "\($0)".replacing(directory.path + "/", with: "").split(separator: "\n").first.map(String.init) ?? "" }
        }
    }

    @Test func `a failure stands at its test`() async throws {
        let found = try await run([
            "rules.yml": rules, "good_test.yml": test(expecting: "[{exp_labels: {app: a}}]"), "bad_test.yml": test(expecting: "[]"),
            "tests/other.yml": test(expecting: "[{exp_labels: {app: a}}]", ruleFile: "../rules.yml"),
        ])
        #expect(found == ["bad_test.yml:8:9: Down at 5m is not what the test expects"])
    }

    @Test func `a test without its rule file, or with a wrong field, fails`() async throws {
        let found = try await run([
            "a_test.yml": test(expecting: "[]", ruleFile: "none.yml"),
            "b_test.yml": test(expecting: "[]").replacing("eval_time: 5m", with: "evl_time: 5m"),
        ])
        #expect(found.count == 2)
        #expect(found.first == "a_test.yml:1:14: there is no rule file none.yml: correct rule_files")
        #expect(found.last == "b_test.yml:9:1: field evl_time not found in type main.alertTestCase")
    }

    @Test func `no tests at all are an error`() async throws {
        await #expect(throws: RulesError.self) { _ = try await run(["rules.yml": rules]) }
    }
}
