import NIOCore

/// Runs promtool's rule tests.
public struct RuleTests: Sendable {
    public var promtool: Promtool

    public init(promtool: Promtool = Promtool()) { self.promtool = promtool }

    /// Runs the test files at `paths`, whole folders on all cores: `*_test.yml`, and everything in folders named `tests`.
    ///
    /// - Throws: ``RulesError`` when that cannot be done. A test that fails is no error.
    public func run(_ paths: [String]) async throws(RulesError) -> RuleTestReport {
        let files = try RulePaths.files(.tests, at: paths)
        guard !files.isEmpty else {
            throw RulesError("\(paths.joined(separator: ", ")): there are no rule tests: they are files named *_test.yml, or in a folder named tests")
        }
        var sources: [SourceText] = []
        for file in files { sources.append(SourceText(try RulePaths.read(file), file: file)) }
        let results = await withTaskGroup(of: (Int, Result<[RuleTestFailure], RulesError>).self) { group in
            var results = [Result<[RuleTestFailure], RulesError>](repeating: .success([]), count: files.count)
            for (index, source) in sources.enumerated() {
                if index >= System.coreCount, let (done, result) = await group.next() { results[done] = result }
                group.addTask {
                    do throws(RulesError) { return (index, .success(try await run(source))) } catch { return (index, .failure(error)) }
                }
            }
            for await (done, result) in group { results[done] = result }
            return results
        }
        var failures: [RuleTestFailure] = []
        for result in results { failures += try result.get() }
        return RuleTestReport(files: files, failures: failures)
    }

    private func run(_ source: SourceText) async throws(RulesError) -> [RuleTestFailure] {
        let path = source.file.hasPrefix("-") ? "./" + source.file : source.file
        let output = try await promtool.run(["test", "rules", path])
        let failures = RuleTestOutput(source).failures(in: output.complaints)
        if output.isSuccess || !failures.isEmpty { return failures }
        return [RuleTestFailure(file: source.file, position: SourcePosition(line: 1, column: 1), message: "promtool failed without saying why")]
    }
}

/// How rule tests went.
public struct RuleTestReport: Sendable {
    public let files: [String]
    public let failures: [RuleTestFailure]
}

/// A rule test that failed, or a file of tests that could not be read.
public struct RuleTestFailure: Sendable, Hashable, CustomStringConvertible {
    public let file: String
    public let position: SourcePosition
    /// What was tested; further lines hold what was expected and what came.
    public let message: String

    public var description: String { "\(file):\(position.line):\(position.column): \(message)" }
}
