import Foundation
import Testing

@testable import Monitoring

private func file(_ text: String) -> RuleFile { RuleFile(Array(text.utf8), path: "rules.yml") }

/// A file of one alert whose expression is written in some way of YAML's.
private func expression(_ spelling: String) throws -> SourceScalar {
    try #require(file("groups:\n- name: g\n  rules:\n  - alert: A\n    expr: \(spelling)\n    for: 5m\n").rules.first).expression
}

@Suite struct RuleFileTests {
    @Test(
        "a place in an expression is found in the file, however it is spelled",
        arguments: [
            ("up{app=\"a\"} == 0", "app", 5, 14), ("'up{app=\"it''s\"} == 0'", "==", 5, 28), ("\"up{app=\\\"a\\\"} == 0\"", "==", 5, 26),
            ("|\n      up\n        == 0", "==", 7, 9), (">-\n      sum by (app)\n      (up)\n      == 0", "==", 8, 7),
            ("|-\n\n      up\n\n      # why\n      == 0", "==", 10, 7),
            ("sum by (app)\n      (up) == 0", "==", 6, 12), ("\"up \\\n      == 0\"", "==", 6, 7), ("a{b=\"é\"} or up", "up", 5, 23),
            ("\"x\\u00e9 == up\"", "up", 5, 23),
            ("|\n      up{app=\"日本\"} == 0", "==", 6, 20),
        ])
    func maps(spelling: String, word: String, line: Int, column: Int) throws {
        let scalar = try expression(spelling)
        let range = try #require(scalar.text.range(of: word))
        let offset = scalar.text.utf8.distance(from: scalar.text.startIndex, to: range.lowerBound)
        #expect(scalar.position(at: offset) == SourcePosition(line: line, column: column))
    }

    @Test func `groups, rules and their fields are read with their places`() throws {
        let file = file(
            """
            groups:
              - name: kitchen
                interval: 30s
                rules:
                  - record: app:up:sum
                    expr: sum by (app) (up)
                    labels: {kind: x}
                  - alert: Down
                    expr: up == 0
                    for: 5m
                    labels:
                      severity: page
                    annotations:
                      summary: down
            """)
        #expect(file.problems.isEmpty)
        let group = try #require(file.groups.first)
        #expect(group.interval == 30 && group.name == "kitchen")
        #expect(group.rules.map(\.kind) == [.recording, .alert])
        let alert = group.rules[1]
        #expect(alert.name.start == SourcePosition(line: 8, column: 16))
        #expect(alert.label("severity")?.start == SourcePosition(line: 12, column: 21))
        #expect(alert.annotation("summary")?.text == "down" && alert.hold?.text == "5m" && alert.lastLine == 14)
    }

    @Test(
        "what Prometheus does not expect is a problem with its place",
        arguments: [
            ("groups: [", 2, "not YAML"), ("- a", 1, "a map with the key groups"), ("group: []", 1, "perhaps groups"),
            ("groups: {}", 1, "groups is a list"),
            ("groups:\n- rules: []", 2, "no name"), ("groups:\n- name: a\n  interval: 5q", 3, "no duration"),
            ("groups:\n- name: a\n- name: a", 3, "already in line 2"),
            ("groups:\n- name: a\n  rules:\n  - alert: A\n    expr: up\n    fro: 5m", 6, "perhaps for"),
            ("groups:\n- name: a\n  rules:\n  - expr: up", 4, "neither alert nor record"),
            ("groups:\n- name: a\n  rules:\n  - alert: A", 4, "no expr"),
            ("groups:\n- name: a\n  rules:\n  - alert: A\n    record: b\n    expr: up", 4, "not both"),
            ("groups:\n- name: a\n  rules:\n  - record: a:b:c\n    expr: up\n    for: 5m", 6, "has no for"),
            ("groups:\n- name: a\n  rules:\n  - alert: A\n    expr: up\n    expr: up", 6, "written twice"),
            ("groups:\n- name: a\n  rules:\n  - alert: A\n    expr: up\n    labels: [a]", 6, "a map of texts"),
            ("groups:\n- name: *x", 2, "no anchor"),
        ])
    func problems(text: String, line: Int, message: String) throws {
        let problem = try #require(file(text).problems.first)
        #expect(problem.position.line == line)
        #expect(problem.message.contains(message))
    }

    @Test func `anchors and merges are followed`() throws {
        let file = file(
            "groups:\n- name: a\n  rules:\n  - &base\n    alert: A\n    expr: up\n    labels: &l {severity: page}\n  - <<: *base\n    alert: B\n    labels: *l\n"
        )
        #expect(file.problems.isEmpty && file.hasAliases)
        #expect(file.rules.map(\.name.text) == ["A", "B"])
        #expect(file.rules[1].label("severity")?.text == "page")
    }

    @Test func `silences belong to the rule below them, or to the file`() throws {
        let file = file(
            """
            # jubako: ignore-file alert-name old names
            groups:
            - name: a
              rules:
              # jubako: ignore alert-for-missing at once

              # and this is another comment
              # jubako: ignore rate-on-gauge it counts
              - alert: A
                expr: up
              - alert: B
                # jubako: ignore alert-irate inside
                expr: up
            # jubako: ignore alert-irate nowhere
            """)
        #expect(file.silences.map(\.check) == ["alert-name"])
        #expect(file.rules.map { $0.silences.map(\.check) } == [["alert-for-missing", "rate-on-gauge"], ["alert-irate"]])
        #expect(file.rules[0].silences.map(\.reason) == ["at once", "it counts"])
        #expect(file.strayedSilences.map(\.position.line) == [14])
    }

    @Test(arguments: ["", "groups:", "groups: []", "# only a comment\n", "groups:\n- name: a\n  rules:\n"])
    func `empty files have no problems`(text: String) {
        #expect(file(text).problems.isEmpty)
    }
}
