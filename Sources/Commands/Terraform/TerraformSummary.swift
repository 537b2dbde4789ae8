import ArgumentParser
import Deployments
import Foundation
import ServiceModel
import Terraform

/// `jubako terraform summary`.
struct TerraformSummary: AsyncParsableCommand {
    enum Output: String, ExpressibleByArgument, CaseIterable { case human, json, markdown }

    static let configuration = CommandConfiguration(
        commandName: "summary", abstract: "Say what a plan does: what it destroys and replaces first.",
        discussion: """
            Attributes are named, their values never shown. The exit code is 0 when nothing changes, 2 when something does, 1 when the file is not \
            a whole, faultless plan.
            """)

    @OptionGroup var plan: PlanOptions

    @Option(help: "What was planned, for the heading: the project's name.")
    var project: String?

    @Option(help: "human, json or markdown, which has at most 64,000 bytes. Under GitHub Actions, human adds the job's summary.")
    var output = Output.human

    @Flag(help: "The same as --output json.")
    var json = false

    func run() async throws {
        try await Invocation.run("terraform summary") { _ in
            let summary = try PlanSummary(try plan.file())
            let promises = await TerraformSettings.promises()[project ?? ""] ?? []
            switch json ? .json : output {
            case .json:
                var answer = summary.json
                answer["apps"] = .array(promises.map(\.json))
                Terminal.output(answer.prettyText)
            case .markdown: FileHandle.standardOutput.write(Data(summary.markdown(title: project, promises: promises).utf8))
            case .human:
                let paint = Terminal.outputPaint
                let text = summary.text { mark, group in
                    switch group {
                    case .destroy, .replace, .forget: paint.red(mark)
                    case .update, .move, .adopt: paint.yellow(mark)
                    case .create: paint.green(mark)
                    }
                }
                FileHandle.standardOutput.write(Data(text.utf8))
                Terminal.output((project.map { "\($0): " } ?? "") + summary.line)
                if summary.hasChanges { for promise in promises { Terminal.output("touches \(promise.text)") } }
                GitHub.summarise(summary.markdown(title: project, promises: promises))
            }
            if summary.hasChanges { throw ExitCode(2) }
        }
    }
}
