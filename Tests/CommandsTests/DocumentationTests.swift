import ArgumentParser
import Foundation
import Testing

@testable import Commands

/// What the documentation tells people to type.
@Suite struct `The documentation's commands` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Each `jubako …` line of a code block, in the README and under docs/ and examples/.
    static let commands: [(page: String, command: String)] = {
        let files = FileManager.default
        let pages =
            ["README.md"]
            + ["docs", "examples"].flatMap { folder in
                (files.enumerator(atPath: root.appending(path: folder).path())?.compactMap { $0 as? String } ?? [])
                    .filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
            }
        return pages.flatMap { page -> [(page: String, command: String)] in
            let text = (try? String(contentsOf: root.appending(path: page), encoding: .utf8)) ?? ""
            var isCode = false
            return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
                let line = line.trimmingCharacters(in: .whitespaces)
                if line.hasPrefix("```") { isCode.toggle() }
                let command = line.hasPrefix("$ ") ? String(line.dropFirst(2)) : line
                return isCode && command.hasPrefix("jubako ") ? (page, command) : nil
            }
        }
    }()

    @Test func `are there`() {
        #expect(Self.commands.count > 10)
    }

    @Test(arguments: commands)
    func `are understood`(page: String, command: String) throws {
        let plain = command.prefix { !"#|>".contains($0) }
        let words = plain.split(separator: " ").dropFirst().map { $0.trimmingCharacters(in: ["'", "\""]) }
        do {
            _ = try Jubako.parseAsRoot(words)
        } catch {
            Issue.record("\(page): \(command): \(Jubako.message(for: error))")
        }
    }
}
