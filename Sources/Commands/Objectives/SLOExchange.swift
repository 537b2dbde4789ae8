import ArgumentParser
import Definitions
import Deployments
import Foundation
import Monitoring
import Objectives
import ServiceModel

/// `jubako slo rules`.
struct SLORules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Print the Prometheus rules that are made of an app's objectives.",
        discussion: "The server writes them by itself; this shows them, for a review or for a Prometheus of your own.")

    @Argument(help: "Definitions.")
    var files: [String]

    @Flag(help: "Have promtool check them.")
    var check = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await Invocation.run("slo rules") { _ in
            let rules = try await ObjectiveOptions.definitions(files).compactMap { definition in
                ObjectiveRules.rendered(app: definition.appID, team: definition.owner, objectives: definition.objectives)
            }
            if check { try await verify(rules) }
            if json {
                Terminal.output(JSON.array(rules.map { ["name": .string($0.name), "text": .string($0.text)] }).prettyText)
            } else {
                for one in rules { Terminal.output(String(one.text.dropLast())) }
            }
        }
    }

    private func verify(_ rules: [GeneratedRules]) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jubako-rules-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let promtool = try Tool.promtool.path(environment: ProcessInfo.processInfo.environment)
        let outcome = try await RuleFolder(path: folder, promtool: promtool).write(RuleLibrary(files: []), Catalog(), rules)
        for rejected in outcome.rejected { Terminal.error(rejected.description) }
        if !outcome.rejected.isEmpty { throw RulesCommand.problems }
    }
}

/// `jubako slo import`.
struct SLOImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Print objectives of OpenSLO v1 or of Sloth's prometheus/v1 as a definition has them.",
        discussion: "What cannot be taken over is an error with its place. What was left out is said on stderr.")

    @Argument(help: "A file of OpenSLO v1 or of Sloth.")
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await Invocation.run("slo import") { _ in
            guard let data = FileManager.default.contents(atPath: file) else { throw DeployError("cannot read \(file)") }
            let text = String(decoding: data, as: UTF8.self)
            let isSloth = text.contains("prometheus/v1")
            let imported: ImportedObjectives
            do throws(ExchangeProblems) {
                imported = isSloth ? try SlothImport.read(text, file: file) : try OpenSLOImport.read(text, file: file)
            } catch {
                for problem in error.problems {
                    Terminal.error(problem.description)
                    GitHub.annotate(problem.message, file: problem.file, line: problem.line, column: problem.column)
                }
                throw ExitCode(1)
            }
            for note in imported.notes { Terminal.error("\(note)") }
            if json {
                let items = imported.items.map { item -> JSON in ["app": .string(item.app), "objective": item.objective.json] }
                Terminal.output(JSON.array(items).prettyText)
            } else {
                for app in imported.apps {
                    if imported.apps.count > 1 { Terminal.output("# \(app)") }
                    Terminal.output(String(imported.text(app: app).dropLast()))
                }
            }
        }
    }
}

/// `jubako slo export`.
struct SLOExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print an app's objectives as OpenSLO v1.",
        discussion: "What OpenSLO cannot say is in an annotation, and said on stderr; `jubako slo import` reads it again.")

    @Argument(help: "The definition.")
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await Invocation.run("slo export") { _ in
            let definition = try await DefinitionOptions.load(file, tag: nil, .placeholders)
            let result = OpenSLOExport.write(definition.objectives, app: definition.appID, team: definition.owner)
            for note in result.notes { Terminal.error(note) }
            if json {
                Terminal.output(JSON.object(["openslo": .string(result.text), "notes": JSON(result.notes)]).prettyText)
            } else {
                Terminal.output(String(result.text.dropLast()))
            }
        }
    }
}
