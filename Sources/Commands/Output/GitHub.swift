import Deployments
import Foundation

/// What GitHub Actions shows of a run: annotations beside the source, and a summary on the job's page.
enum GitHub {
    static var isPresent: Bool { ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true" }

    /// The address of the pull request that a workflow runs for.
    static var pullRequest: String? {
        let environment = ProcessInfo.processInfo.environment
        guard isPresent, let server = environment["GITHUB_SERVER_URL"], let repository = environment["GITHUB_REPOSITORY"],
            let number = environment["GITHUB_REF"]?.wholeMatch(of: /refs\/pull\/([0-9]+)\/merge/)?.output.1
        else { return nil }
        return "\(server)/\(repository)/pull/\(number)"
    }

    static func annotate(_ message: String, file: String? = nil, line: Int? = nil, column: Int? = nil) {
        guard isPresent else { return }
        Terminal.error(annotation(message, file: file, line: line, column: column))
    }

    /// The workflow command of an error.
    static func annotation(_ message: String, file: String? = nil, line: Int? = nil, column: Int? = nil) -> String {
        let place = [file.map { "file=\(property($0))" }, line.map { "line=\($0)" }, column.map { "col=\($0)" }].compactMap { $0 }
        return "::error\(place.isEmpty ? "" : " " + place.joined(separator: ","))::\(data(message))"
    }

    /// Appends the result to the job's summary.
    static func summarise(_ result: DeployResult) { summarise(summary(result)) }

    /// Appends Markdown to the job's summary.
    static func summarise(_ markdown: String) {
        guard isPresent, let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        if !FileManager.default.fileExists(atPath: path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        guard let file = FileHandle(forWritingAtPath: path) else { return }
        defer { try? file.close() }
        _ = try? file.seekToEnd()
        try? file.write(contentsOf: Data(markdown.utf8))
    }

    /// The result as Markdown.
    static func summary(_ result: DeployResult) -> String {
        var lines = ["### \(result.outcome.isSuccess ? "✅" : "❌") jubako: \(result.app)", "", result.text, "", "| | |", "|---|---|"]
        lines.append("| cluster | \(result.cluster) |")
        if let revision = result.taskDefinition { lines.append("| revision | `\(Revision.name(of: revision))` |") }
        if let previous = result.previousTaskDefinition { lines.append("| before | `\(Revision.name(of: previous))` |") }
        if let deployment = result.deployment { lines.append("| deployment | `\(deployment)` |") }
        for address in result.addresses { lines.append("| address | \(address) |") }
        if let verdict = result.verdict {
            lines += ["", "**Why:** \(verdict.summary)", ""] + verdict.evidence.map { "- `\($0.replacing("`", with: "'"))`" }
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
