import ArgumentParser
import Deployments
import Foundation
import ServiceModel
import Terraform

/// `jubako terraform check`.
struct TerraformCheck: AsyncParsableCommand {
    enum Output: String, ExpressibleByArgument, CaseIterable { case human, json, github, markdown }

    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check that every resource of a plan will carry its project's tag.",
        discussion: """
            Reads what terraform show -json PLANFILE prints. Each resource that is created, updated or taken over is ok, wrong, missing, or \
            unknown until the apply; the exit code is 5 when one is wrong or missing, and 1 when the file is not a whole, faultless plan.
            """)

    @OptionGroup var plan: PlanOptions
    @OptionGroup var project: ProjectOptions

    @Option(help: "human, json, github or markdown. Under GitHub Actions, human adds annotations and the job's summary.")
    var output = Output.human

    @Flag(help: "The same as --output json.")
    var json = false

    @Option(help: "Writes the fix as a patch for git apply; - writes it to stdout instead of the report.")
    var patch: String?

    func run() async throws {
        try await Invocation.run("terraform check") { _ in
            let file = try plan.file()
            var report = try TagCheck(rule: try project.rule()).check(file)
            if !report.isPassed, let folder = try project.folder() { report.locate(in: folder) }
            show(report)
            if let patch, patch != "-" { try write(report.patch, to: patch) }
            if !report.isPassed { throw TerraformCommand.violations }
        }
    }

    private func show(_ report: TagReport) {
        if patch == "-" {
            FileHandle.standardOutput.write(Data(report.patch.utf8))
            return Terminal.error(report.summary)
        }
        switch json ? .json : output {
        case .json: Terminal.output(report.json.prettyText)
        case .github: FileHandle.standardOutput.write(Data(report.annotations.utf8))
        case .markdown: FileHandle.standardOutput.write(Data(report.markdown().utf8))
        case .human:
            let paint = Terminal.errorPaint
            Terminal.errorRaw(report.text { mark, finding in finding.isViolation ? paint.red(mark) : paint.yellow(mark) })
            if let caution = report.caution { Terminal.error("\(paint.yellow("!")) \(caution)") }
            if !report.patch.isEmpty, patch == nil { Terminal.error("the fix as a patch: add --patch FILE, then git apply FILE") }
            if GitHub.isPresent {
                Terminal.errorRaw(report.annotations)
                GitHub.summarise(report.markdown())
            }
            Terminal.output(report.summary)
        }
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw TerraformError("the patch could not be written to \(path): \(error.localizedDescription)")
        }
        if text.isEmpty { Terminal.error("there is no patch: the places were not found, or nothing has to change") }
    }
}
