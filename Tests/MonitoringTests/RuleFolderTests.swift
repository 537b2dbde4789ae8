import Definitions
import Foundation
import Monitoring
import SystemPackage
import TestSupport
import Testing

private let good =
    "alerts:\n- alert: Slow\n  expr: up == 0\n  for: 5m\n  labels: {severity: page, tier: web}\n  annotations: {summary: 'is \"slow\"'}\n"

@Test func `an app's alerts get its labels`() async throws {
    try await withCatalog(["web": definition("owner: kitchen\n" + good)]) { catalog in
        let rendered = catalog.apps["web"].flatMap { RenderedRules($0) }
        #expect(
            rendered?.text == """
                # The alerts of web, written by Jubako from its definition: changes made here are lost.
                groups:
                  - name: "app:web"
                    rules:
                      - alert: "Slow"
                        expr: "up{app=\\"web\\"} == 0"
                        for: 5m
                        labels:
                          app: "web"
                          severity: "page"
                          team: "kitchen"
                          tier: "web"
                        annotations:
                          summary: "is \\"slow\\""

                """)
    }
}

@Test func `our labels win over those of a rule that came past the checks`() {
    let rule = AlertRule(name: "A", expr: "up", labels: ["app": "other", "team": "other"])
    let text = RenderedRules(app: "web", team: "kitchen", alerts: [rule])?.text ?? ""
    #expect(text.contains("app: \"web\"") && text.contains("team: \"kitchen\"") && text.contains("severity: \"ticket\"") && !text.contains("other"))
    #expect(RenderedRules(app: "web", team: nil, alerts: []) == nil)
}

@Test(.enabled(if: Judge.promtool != nil, "promtool is not installed"))
func `rules reach the folder only when promtool takes them`() async throws {
    try await withTemporaryDirectory { directory in
        let folder = RuleFolder(path: directory.appending(path: "rules").path, promtool: try #require(Judge.promtool))
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yml") }.sorted() }
        func text(_ name: String) throws -> String { try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8) }
        let library = try RuleLibrary(folder: cookbook + "/rules")
        let all = ["app-web.yml"] + library.files.map { "library-\($0.name).yml" }
        let first = try await withCatalog(["web": definition(good), "quiet": definition("")]) { try await folder.write(library, $0) }
        #expect(first == .init(isChanged: true, rejected: []))
        #expect(try names() == all)
        let before = try text("app-web.yml")

        // the expression, the template and the library are wrong: nothing of this is put in place
        let bad =
            "\nalerts:\n- alert: Fine\n  expr: up == 0\n- alert: Broken\n  expr: |\n    up ==\n      )\n- alert: Template\n  expr: up\n  annotations: {summary: '{{ $foo }}'}\n"
        var broken = library.files
        broken[0] = .init(path: "rules/indicators.yml", name: "indicators", text: "groups:\n- name: a\n  rules:\n  - alert: X\n    exprr: up\n")
        let second = try await withCatalog(["web": definition(bad), "api": definition(good)]) { catalog in
            try await folder.write(RuleLibrary(files: broken), catalog)
        }
        #expect(second.isChanged)
        #expect(try text("app-web.yml") == before)
        #expect(try text("library-indicators.yml") == library.files[0].text)
        #expect(try names() == ["app-api.yml"] + all)
        let places = second.rejected.map { "\(URL(filePath: $0.file).lastPathComponent):\($0.line):\($0.column) \($0.message)" }
        #expect(places.count == 3)
        #expect(places.first?.hasPrefix("indicators.yml:5:1 ") == true)
        #expect(places.dropFirst().first?.hasPrefix("web.yml:7:10 \"Broken\": could not parse expression: 2:") == true)
        #expect(places.last?.hasPrefix("web.yml:11:10 \"Template\": annotation \"summary\": ") == true)
        #expect(!second.rejected.contains { $0.message.contains(folder.path) })

        // an app that is gone takes its rules along; what is the same is not touched
        let third = try await withCatalog(["web": definition(good)]) { try await folder.write(library, $0) }
        #expect(third == .init(isChanged: true, rejected: []))
        let fourth = try await withCatalog(["web": definition(good)]) { try await folder.write(library, $0) }
        #expect(fourth == .init(isChanged: false, rejected: []))
        #expect(try names() == all)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/.new").isEmpty)
    }
}
