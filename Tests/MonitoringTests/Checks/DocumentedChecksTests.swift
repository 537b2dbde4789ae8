import Foundation
import Testing

@testable import Monitoring

/// docs/checks.md: the headings, and below each the examples that are marked as wrong and right.
private struct Documentation {
    struct Example: Sendable, CustomTestStringConvertible {
        let check: String
        let isWrong: Bool
        let text: String
        var testDescription: String { "\(check), \(isWrong ? "wrong" : "right")" }
    }

    var headings: [String] = []
    var examples: [Example] = []

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/checks.md"), encoding: .utf8)
        var block: [String]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                if let lines = block, let first = lines.first, let check = headings.last, ["# wrong", "# right"].contains(first) {
                    examples.append(Example(check: check, isWrong: first == "# wrong", text: lines.dropFirst().joined(separator: "\n")))
                }
                block = block == nil ? [] : nil
            } else if block != nil {
                block?.append(String(line))
            } else if line.hasPrefix("## "), !line.contains("How to") {
                headings.append(String(line.dropFirst(3)))
            }
        }
    }

    static var allExamples: [Example] { (try? Documentation().examples) ?? [] }
}

@Suite struct DocumentedChecksTests {
    @Test func `every check is documented, and every documented check exists`() throws {
        let documented = try Documentation().headings
        #expect(documented == CheckCatalog.all.map(\.id).sorted { (documented.firstIndex(of: $0) ?? -1) < (documented.firstIndex(of: $1) ?? -1) })
        #expect(CheckCatalog.identifiers.count == CheckCatalog.all.count)
    }

    @Test func `nearly every check has an example`() throws {
        let withoutExample = Set(CheckCatalog.all.map(\.id)).subtracting(try Documentation().examples.map(\.check))
        #expect(withoutExample == ["promtool", "runbook-missing", "series-missing", "alert-noisy", "query-expensive"])
    }

    @Test("the examples of the documentation are what they say", arguments: Documentation.allExamples)
    private func examples(example: Documentation.Example) async throws {
        let indented = example.text.split(separator: "\n").map { "      \($0)\n" }.joined()
        var validator = RuleValidator()
        validator.promtool = nil
        let report = try await validator.validate("groups:\n  - name: example\n    rules:\n" + indented, path: "example.yml")
        #expect(report.findings.contains { $0.check == example.check } == example.isWrong)
        let broken: Set = ["rule-file", "expression-syntax"]
        if !example.isWrong { #expect(!report.findings.contains { broken.contains($0.check) }) }
    }
}
