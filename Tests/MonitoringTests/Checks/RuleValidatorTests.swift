import Foundation
import TestSupport
import Testing

@testable import Monitoring

/// A folder of rule files, and what a validator without further settings says of it.
private func validate(_ files: [String: String], _ change: (inout RuleValidator) -> Void = { _ in }) async throws -> [String] {
    try await withTemporaryDirectory { directory in
        for (name, text) in files {
            let file = directory.appending(path: name)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        var validator = RuleValidator()
        change(&validator)
        let report = try await validator.validate([directory.appending(path: "rules").path])
        return report.findings.map { finding in
            let file = finding.file.replacing(directory.path + "/rules/", with: "")
            let message = finding.message.replacing(directory.path + "/rules/", with: "")
            return "\(file):\(finding.start.line):\(finding.start.column): \(finding.check): \(message)"
        }
    }
}

private func alert(_ name: String, _ expression: String = "up == 0", _ more: String = "") -> String {
    """
      - alert: \(name)
        expr: \(expression)
        for: 5m
        labels: {severity: page}
        annotations: {summary: a, description: b, runbook_url: "https://example.com/docs/runbooks/Down.md"}

    """ + more
}

@Suite struct RuleValidatorTests {
    @Test(.enabled(if: isInstalled("promtool"), "promtool is not installed"))
    func `what promtool refuses is led back to its place`() async throws {
        let text = """
            groups:
            - name: a
              rules:
              - alert: Down
                expr: |
                  x
                    == rate(x)
                for: 5m
                labels: {severity: page, "a b": c}
                annotations: {summary: a, description: b, runbook_url: c}
              - record: a b
                expr: up
            """
        let found = try await validate(["rules/a.yml": text])
        #expect(
            found == [
                "a.yml:7:17: promtool: expected type range vector in call to function \"rate\", got instant vector",
                "a.yml:9:31: promtool: invalid label name: a b",
                "a.yml:11:13: promtool: invalid recording rule name: a b",
                "a.yml:11:13: recording-rule-name: name it level:metric:operation, such as app:http_requests:rate5m",
            ])
    }

    @Test(.enabled(if: isInstalled("promtool"), "promtool is not installed"))
    func `a mistake that both see is said once, in the better words`() async throws {
        let found = try await validate(["rules/a.yml": "groups:\n- name: a\n  rules:\n" + alert("Down").replacing("for:", with: "fro:")])
        #expect(found.filter { !$0.contains("alert-for-missing") } == ["a.yml:6:5: rule-file: a rule has no field fro, perhaps for was meant"])
    }

    @Test(.enabled(if: isInstalled("promtool"), "promtool is not installed"))
    func `a large file is cut for promtool, and every line stays where it is`() async throws {
        var text = "groups:\n"
        for group in 0..<60 {
            text += "- name: g\(group)\n  rules:\n"
            for rule in 0..<10 {
                text += alert("Down\(group)x\(rule)", group == 55 && rule == 3 ? "rate(up) > 1" : "up{a=\"\(group)x\(rule)\"} == 0")
            }
        }
        let line = text.split(separator: "\n").firstIndex { $0.contains("rate(up)") }.map { $0 + 1 } ?? 0
        let file = RuleFile(Array(text.utf8), path: "a.yml")
        let parts = PromtoolShards.parts(of: file, count: 3)
        #expect(parts.count == 3)
        #expect(Set(parts.map { $0.count { $0 == 0x0A } }).count == 1)
        #expect(parts.map { RuleFile($0, path: "a").rules.count }.reduce(0, +) == 600)
        let found = try await validate(["rules/a.yml": text])
        #expect(
            found.filter { $0.contains("promtool") } == [
                "a.yml:\(line):16: promtool: expected type range vector in call to function \"rate\", got instant vector"
            ])
    }

    @Test(arguments: [
        "groups: [{name: a, rules: []}, {name: b, rules: []}]", "groups:\n-\n  name: a\n-\n  name: b\n",
        "groups:\n- &a\n  name: a\n- <<: *a\n  name: b\n",
    ])
    func `a file that cannot be cut stays whole`(text: String) {
        #expect(PromtoolShards.parts(of: RuleFile(Array(text.utf8), path: "a"), count: 2) == [])
    }

    @Test func `silences take findings out, and wrong silences are found`() async throws {
        let text = """
            # jubako: ignore-file alert-annotations-missing written later
            groups:
            - name: a
              rules:
              # jubako: ignore alert-for-missing at once
              # jubako: ignore alert-severity-unknown
              # jubako: ignore alert-nonsense because
              # jubako: ignore alert-irate because
              # jubako: ignore expression-syntax because
              # jubako: ignore series-missing this one is asked for online only
              - alert: Down
                expr: up == 0
            """
        let found = try await validate(["rules/a.yml": text]) { $0.promtool = nil }
        #expect(
            found == [
                "a.yml:6:3: silence-without-reason: a silence names a check and a reason: # jubako: ignore alert-severity-unknown REASON",
                "a.yml:7:3: silence-unknown: there is no check alert-nonsense: docs/checks.md lists them",
                "a.yml:8:3: silence-unused: alert-irate finds nothing here any more: remove the silence",
                "a.yml:9:3: silence-unknown: expression-syntax cannot be silenced: Prometheus would not load the rule",
                "a.yml:11:12: alert-severity-unknown: Down has no label severity: set one of page, ticket, info",
            ])
    }

    @Test func `duplicates are found over files, tests are no rules`() async throws {
        let file = "groups:\n- name: a\n  rules:\n" + alert("Down")
        let found = try await validate([
            "rules/a.yml": file, "rules/b/c.yaml": file, "rules/a_test.yml": "{", "rules/tests/x.yml": "{", "rules/.hidden.yml": "{",
        ]) { $0.promtool = nil }
        #expect(found == ["b/c.yaml:4:12: duplicate-rule: Down is already in a.yml:4 with the same labels: remove one of them"])
    }

    @Test(arguments: [("docs/runbooks/Down.md", false), ("docs/runbooks/Other.md", true), ("docs/other/Down.md", false)])
    func `a runbook in the repository has to exist`(runbook: String, isMissing: Bool) async throws {
        let found = try await validate(["rules/a.yml": "groups:\n- name: a\n  rules:\n" + alert("Down"), runbook: "# Down"]) { $0.promtool = nil }
        #expect(found.contains { $0.contains("runbook-missing") } == isMissing)
    }

    @Test func `what cannot be done says what to do`() async throws {
        await #expect(throws: RulesError("/nowhere/rules: no such file or folder: name the rule files to check")) {
            _ = try await RuleValidator().validate(["/nowhere/rules"])
        }
        let error = await #expect(throws: RulesError.self) {
            _ = try await validate(["rules/a.yml": "groups: []"]) { $0.promtool = Promtool(program: "/nowhere/promtool") }
        }
        #expect(error?.message.hasPrefix("/nowhere/promtool could not be run") == true)
        await #expect(throws: RulesError.self) { _ = try await validate(["rules/a.txt": ""]) }
    }
}
