import ArgumentParser
import Definitions
import Foundation
import ServiceModel

/// `jubako validate`: checks definitions.
struct Validate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check definitions.",
        discussion: "Prints every problem as FILE:LINE:COLUMN: MESSAGE on stderr. The exit code is 1 when there is one.")

    @Argument(help: "Definitions, or folders of them.")
    var paths: [String]

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let report = await DefinitionLoader(environment: environment).validate(paths)
        let text = ValidationText(report, isGitHub: environment["GITHUB_ACTIONS"] == "true")
        if !text.problems.isEmpty { FileHandle.standardError.write(Data(text.problems.utf8)) }
        print(json ? text.json : text.summary)
        if !report.problems.isEmpty { throw ExitCode.failure }
    }
}

/// What ``Validate`` prints.
struct ValidationText {
    /// One line a problem; on GitHub an annotation as well.
    let problems: String
    let summary: String
    let json: String

    init(_ report: ValidationReport, isGitHub: Bool) {
        problems = report.problems.map { "\($0)\n" + (isGitHub ? Self.annotation($0) + "\n" : "") }.joined()
        let valid = report.valid.count == 1 ? "1 definition is valid" : "\(report.valid.count) definitions are valid"
        let wrong = Set(report.problems.map(\.file)).count
        summary =
            wrong == 0
            ? valid
            : "\(valid), \(report.problems.count) \(report.problems.count == 1 ? "problem" : "problems") in \(wrong) \(wrong == 1 ? "file" : "files")"
        let list = report.problems.map { problem in
            JSON.object([
                "file": .string(problem.file), "line": .integer(problem.line), "column": .integer(problem.column),
                "message": .string(problem.message),
            ])
        }
        json = JSON.object(["valid": JSON(report.valid), "problems": .array(list)]).prettyText
    }

    /// GitHub's workflow command for a problem in a file.
    private static func annotation(_ problem: DefinitionProblem) -> String {
        func escaped(_ text: String, _ marks: String) -> String {
            text.unicodeScalars.reduce(into: "") { result, scalar in
                if marks.unicodeScalars.contains(scalar) {
                    result += "%" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true)
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return "::error file=\(escaped(problem.file, "%\r\n:,")),line=\(problem.line),col=\(problem.column)::\(escaped(problem.message, "%\r\n"))"
    }
}
