import ArgumentParser
import Definitions
import Foundation
import Testing

@testable import Commands

private func report(_ text: String) async throws -> (ValidationReport, file: String) {
    let directory = FileManager.default.temporaryDirectory.appending(path: "jubako-validate-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let file = directory.appending(path: "a,b.yml")
    try Data(text.utf8).write(to: file)
    return (await DefinitionLoader(cacheDirectory: nil).validate([file.path]), file.path)
}

@Test func `problems are lines, and annotations on GitHub`() async throws {
    let (report, file) = try await report("scheduler: {type: ecs, desired_count: 1}\napp:\n  image: x\n  memory: '5%'\n")
    let lines = ["\(file):1:1: rename", "\(file):4:11: memory must be an integer, not a string"]
    let plain = ValidationText(report, isGitHub: false)
    #expect(plain.problems.split(separator: "\n").last.map(String.init) == lines[1])
    #expect(!plain.problems.contains("::error"))
    #expect(plain.summary == "0 definitions are valid, 2 problems in 1 file")
    let escaped = file.replacing(",", with: "%2C")
    let onGitHub = ValidationText(report, isGitHub: true)
    #expect(onGitHub.problems.hasSuffix("\n::error file=\(escaped),line=4,col=11::memory must be an integer, not a string\n"))
    #expect(plain.json.contains("\"line\": 4") && plain.json.contains("\"valid\": []"))
}

@Test(arguments: [
    (["validate", "a", "b", "--json"], "Validate"), (["show-definition", "a.yml", "--expand"], "ShowDefinition"), (["schema"], "Schema"),
])
func `the verbs about definitions are there`(arguments: [String], expected: String) throws {
    #expect("\(type(of: try Jubako.parseAsRoot(arguments)))" == expected)
}

@Test(arguments: [["validate"], ["show-definition"], ["show-definition", "a", "b"], ["schema", "x"]])
func `a wrong use of the verbs about definitions is refused`(arguments: [String]) {
    #expect(throws: (any Error).self) { try Jubako.parseAsRoot(arguments) }
}
