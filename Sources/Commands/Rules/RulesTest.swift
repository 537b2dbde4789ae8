import ArgumentParser
import Monitoring
import ServiceModel

/// `jubako rules test`.
struct RulesTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run promtool's rule tests.",
        discussion: "Tests are the files named *_test.yml, and those in folders named tests. The exit code is 5 when one fails.")

    @Argument(help: "Test files, or folders of them.")
    var paths: [String] = ["rules/"]

    @Flag(help: "Print the result as JSON.")
    var json = false

    @Option(help: "The program promtool.")
    var promtool = "promtool"

    func run() async throws {
        try await Invocation.run("rules test") { _ in
            let report = try await RuleTests(promtool: Promtool(program: promtool)).run(paths)
            for failure in report.failures {
                if !json { Terminal.error(failure.description) }
                GitHub.annotate(failure.message, file: failure.file, line: failure.position.line, column: failure.position.column)
            }
            Terminal.output(json ? Self.json(report).prettyText : Self.summary(report))
            if !report.failures.isEmpty { throw RulesCommand.problems }
        }
    }

    private static func summary(_ report: RuleTestReport) -> String {
        let files = "\(report.files.count) \(report.files.count == 1 ? "file" : "files") of tests"
        return report.failures.isEmpty ? "\(files) passed" : "\(files), \(report.failures.count) failed"
    }

    private static func json(_ report: RuleTestReport) -> JSON {
        .object([
            "files": .array(report.files.map { .string($0) }),
            "failures": .array(
                report.failures.map { failure in
                    .object([
                        "file": .string(failure.file), "line": .integer(failure.position.line), "column": .integer(failure.position.column),
                        "message": .string(failure.message),
                    ])
                }),
        ])
    }
}
