import AWS
import ArgumentParser
import Definitions
import Deployments
import Foundation
import Synchronization
import UnixSignals

/// One run of a verb: its progress, and the signals that ask it to stop. A second signal ends the process at once.
final class Invocation: Sendable {
    /// The exit code of a process that Ctrl-C ended.
    static let interrupted: Int32 = 130

    let interruption = Interruption()
    let progress: ProgressPrinter
    private let isAsking = Mutex(false)

    private init(logsGoToOutput: Bool) {
        progress = ProgressPrinter(logsGoToOutput: logsGoToOutput)
    }

    /// Runs `body`, prints what went wrong, and ends with the exit code that belongs to it.
    static func run(_ verb: String, logsGoToOutput: Bool = true, _ body: (Invocation) async throws -> Void) async throws {
        let invocation = Invocation(logsGoToOutput: logsGoToOutput)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await invocation.watchSignals() }
                defer { group.cancelAll() }
                try await body(invocation)
            }
            invocation.progress.clear()
        } catch let code as ExitCode {
            invocation.progress.clear()
            throw code
        } catch {
            invocation.progress.clear()
            throw invocation.failed(verb, error)
        }
    }

    /// Runs `body`, which is cancelled when somebody asks to stop; it then has the time to end in good order.
    func stoppable<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await body() }
            group.addTask { [interruption] in
                while !Task.isCancelled, await !interruption.isRequested { try? await Task.sleep(for: .milliseconds(100)) }
                return nil
            }
            defer { group.cancelAll() }
            if let first = try await group.next() ?? nil { return first }
            group.cancelAll()
            guard let last = try await group.next() ?? nil else { throw CancellationError() }
            return last
        }
    }

    /// Asks on the terminal for one of `answers`. Ctrl-C while it waits ends the process.
    func ask(_ question: String, accepting answers: Set<String>) -> Bool {
        progress.clear()
        Terminal.errorRaw(question + " ")
        isAsking.withLock { $0 = true }
        defer { isAsking.withLock { $0 = false } }
        let answer = readLine()?.trimmingCharacters(in: .whitespaces) ?? ""
        return answers.contains(answer)
    }

    private func watchSignals() async {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
            let isAgain = await interruption.isRequested
            if isAgain || isAsking.withLock({ $0 }) {
                Terminal.error("")
                exit(Self.interrupted)
            }
            await interruption.request()
        }
    }

    private func failed(_ verb: String, _ error: any Error) -> ExitCode {
        if let problems = error as? DefinitionProblems {
            for problem in problems.problems {
                Terminal.error(problem.description)
                GitHub.annotate(problem.message, file: problem.file, line: problem.line, column: problem.column)
            }
            return ExitCode(1)
        }
        let text = String(describing: error)
        Terminal.error(Terminal.errorPaint.red("error: ") + text)
        if error is Stopped { return ExitCode(Self.interrupted) }
        GitHub.annotate("jubako \(verb): \(text)")
        return ExitCode(1)
    }
}
