import Definitions
import Foundation
import Monitoring
import PrometheusText
import Testing

private let library = try? RuleLibrary(folder: cookbook + "/rules")
private let repository = URL(filePath: cookbook).deletingLastPathComponent().deletingLastPathComponent()

private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yml") }.sorted().map { "\(folder)/\($0)" }
}

@Test(.enabled(if: Judge.promtool != nil, "promtool is not installed"))
func `promtool accepts every rule of the library`() async throws {
    let answer = try await Judge.ask(["check", "rules"] + names(in: cookbook + "/rules"))
    #expect(answer.isContent, "\(answer.text)")
}

@Test(.enabled(if: Judge.promtool != nil, "promtool is not installed"))
func `every test of the library holds`() async throws {
    let answer = try await Judge.ask(["test", "rules"] + names(in: cookbook + "/rules/tests"))
    #expect(answer.isContent, "\(answer.text)")
}

@Test func `every alert has a test, a runbook, and words for who gets it`() throws {
    let library = try #require(library)
    #expect(library.alerts.count == 17)
    let tests = try names(in: cookbook + "/rules/tests").map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
    let text = library.files.map(\.text).joined(separator: "\n")
    let blocks = text.split(separator: "- alert: ").dropFirst()
    var missing: [String] = []
    for (name, block) in zip(library.alerts, blocks) {
        if !tests.contains("alertname: \(name)\n        exp_alerts:") { missing.append("\(name): no test in which it fires") }
        for part in ["severity: ", "summary: ", "description: ", "runbook_url: docs/runbooks/\(name).md"] where !block.contains(part) {
            missing.append("\(name): \(part)")
        }
        if name.hasPrefix("App"), !block.contains("unless on (app) jubako_rule_disabled{rule=\"\(name)\"}") {
            missing.append("\(name): cannot be left out")
        }
        let runbook = repository.appending(path: "docs/runbooks/\(name).md")
        let page = (try? String(contentsOf: runbook, encoding: .utf8)) ?? ""
        for heading in ["# \(name)", "## What it means", "## Look first", "## Do", "## When to change the threshold"] where !page.contains(heading) {
            missing.append("\(name): its runbook has no \(heading)")
        }
    }
    #expect(missing == [])
}

@Test func `every threshold is known, and every known one is used`() throws {
    let text = try #require(library).files.map(\.text).joined()
    let used = Set(text.matches(of: /app:jubako_threshold:last\{name="([a-z0-9_]+)"\}/).map { String($0.1) })
    #expect(used == Set(Threshold.standards.keys))
}

@Test func `runbooks become addresses, line by line`() throws {
    let file = RuleLibrary.File(path: "rules/a.yml", name: "a", text: "x: 1\n  runbook_url: docs/runbooks/A.md\n")
    #expect(RuleLibrary.text(of: file, runbooks: nil) == file.text)
    for base in ["https://r.example/b", "https://r.example/b/"] {
        #expect(RuleLibrary.text(of: file, runbooks: base) == "x: 1\n  runbook_url: https://r.example/b/A.md\n")
    }
}

@Test func `what apps need of the rules is exposed as metrics`() async throws {
    let apps = [
        "web": definition("owner: kitchen\nmonitoring: {thresholds: {error_ratio: 0.01}, rules: {except: [B, A]}}"),
        "off": definition("monitoring: {rules: false}"), "plain": definition(""),
    ]
    let organization = Organization(teams: ["kitchen": .init()], thresholds: ["error_ratio": 0.05, "age": 9])
    try await withCatalog(apps, organization: organization) { catalog in
        var overrides = CatalogMetrics.Overrides()
        overrides.thresholds = ["plain": ["age": 10]]
        var exposition = Exposition()
        CatalogMetrics(catalog, overrides: overrides, rules: ["A", "B", "C"]).write(to: &exposition)
        let samples = exposition.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
        #expect(
            samples == [
                #"jubako_app_info{app="off"} 1"#, #"jubako_app_info{app="plain"} 1"#, #"jubako_app_info{app="web",team="kitchen"} 1"#,
                #"jubako_threshold{app="off",name="age"} 9"#, #"jubako_threshold{app="off",name="error_ratio"} 0.05"#,
                #"jubako_threshold{app="plain",name="age"} 10"#, #"jubako_threshold{app="plain",name="error_ratio"} 0.05"#,
                #"jubako_threshold{app="web",team="kitchen",name="age"} 9"#, #"jubako_threshold{app="web",team="kitchen",name="error_ratio"} 0.01"#,
                #"jubako_rule_disabled{app="off",rule="A"} 1"#, #"jubako_rule_disabled{app="off",rule="B"} 1"#,
                #"jubako_rule_disabled{app="off",rule="C"} 1"#, #"jubako_rule_disabled{app="web",team="kitchen",rule="A"} 1"#,
                #"jubako_rule_disabled{app="web",team="kitchen",rule="B"} 1"#,
                "jubako_catalog_problems 0",
            ])
    }
}
