import ArgumentParser
import Deployments
import ServiceModel

/// Says how a deploy or rollback ended: the result on stdout, advice on stderr, and the exit code.
struct ResultPrinter {
    let connection: Connection
    let invocation: Invocation
    /// The definition or app that the user named.
    let file: String
    let json: Bool

    func show(_ result: DeployResult) async throws {
        let result = await result.explained(by: connection.client)
        invocation.progress.clear()
        if json {
            Terminal.output(result.json.prettyText)
        } else {
            let paint = Terminal.outputPaint
            Terminal.output(result.outcome.isSuccess ? paint.green(result.text) : paint.red(result.text))
            for address in result.addresses where result.outcome.isSuccess { Terminal.output("  \(address)") }
            if let verdict = result.verdict { Terminal.output(WhyCommand.text(verdict, paint: paint)) }
        }
        for line in advice(result) { Terminal.error(line) }
        GitHub.summarise(result)
        if !result.outcome.isSuccess {
            let why = result.verdict.map { ": \($0.summary)" } ?? ""
            GitHub.annotate(result.text + why)
            throw ExitCode(result.outcome.exitCode)
        }
    }

    private func advice(_ result: DeployResult) -> [String] {
        switch result.outcome {
        case .interrupted, .timedOut, .started:
            [
                "  watch it again:  jubako status \(file) --follow\(flags)",
                "  take it back:    jubako rollback \(file)\(flags)",
            ]
        case .superseded: ["  what runs now:   jubako status \(file)\(flags)"]
        default: []
        }
    }

    private var flags: String {
        connection.isEngine ? " --engine" : connection.endpoint.map { " --endpoint-url \($0)" } ?? ""
    }
}
