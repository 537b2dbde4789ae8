import Alerting
import ArgumentParser
import Deployments
import Foundation
import Monitoring
import NIOHTTP1
import Platform
import ServiceModel

/// `jubako rules simulate`.
struct RulesSimulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Say who would be told of an alert, where, with which words, and why.",
        discussion: """
            With a server, what was set there and its silences count. Without one the definitions repository answers alone, and says so. \
            Nobody is told anything.
            """)

    @Option(parsing: .upToNextOption, help: "The alert's labels: app=recipes alertname=AppDown …")
    var labels: [String] = []

    @Option(help: "A rule file: each of its alerts, with its own labels and those of --labels.")
    var file: String?

    @Option(help: "The root of the definitions repository, where no server answers.")
    var definitions = "."

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var server: ServerConnection

    func validate() throws {
        if labels.isEmpty, file == nil { throw ValidationError("give --labels, as in --labels app=recipes alertname=AppDown, or --file") }
        for label in labels where !label.contains("=") { throw ValidationError("\(label) is no label: write name=value") }
    }

    func run() async throws {
        try await Invocation.run("rules simulate") { _ in
            let hasServer = await server.answers()
            let offline = hasServer ? nil : try await RepositorySimulation(repository: definitions, environment: ProcessInfo.processInfo.environment)
            if !hasServer { Terminal.error("no server answers: channels that were set there, and silences, are not known") }
            var results: [JSON] = []
            for alert in try alerts() {
                let answer: JSON
                if let offline {
                    answer = try await offline.simulate(labels: alert.labels, annotations: alert.annotations).json
                } else {
                    let body: JSON = ["labels": Self.texts(alert.labels), "annotations": Self.texts(alert.annotations)]
                    answer = try await server.call(.POST, "/api/alerts/simulate", body: body)
                }
                results.append(answer)
                if !json { Terminal.output(Self.text(answer)) }
            }
            if json { Terminal.output(JSON.array(results).prettyText) }
        }
    }

    private func alerts() throws -> [(labels: [String: String], annotations: [String: String])] {
        var given: [String: String] = [:]
        for label in labels {
            let parts = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            given[String(parts[0])] = String(parts[1]).trimmingCharacters(in: CharacterSet(charactersIn: "\""))
        }
        guard let file else { return [(given, [:])] }
        let rules = try RuleFile(readable: file).rules.filter { $0.kind == .alert }
        guard !rules.isEmpty else { throw DeployError("\(file) has no alert") }
        return rules.map { rule in
            var labels = given
            for pair in rule.labels where labels[pair.key.text] == nil { labels[pair.key.text] = pair.value.text }
            labels["alertname"] = rule.name.text
            return (labels, rule.annotations.reduce(into: [:]) { $0[$1.key.text] = $1.value.text })
        }
    }

    private static func texts(_ values: [String: String]) -> JSON {
        .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }, uniquingKeysWith: { first, _ in first }))
    }

    private static func text(_ answer: JSON) -> String {
        var lines = ["\(answer["labels"]["alertname"].string ?? "alert") → \(answer["channel"].string ?? "nobody")"]
        lines += answer["reasons"].strings.map { "  because: \($0)" }
        if answer["labels"]["app"].isNull { lines.append("  it names no app; a rule that takes its app from a metric needs --labels app=NAME here") }
        for silence in answer["silences"].array {
            lines.append(
                "  silenced until \(silence["ends_at"].string ?? "?") by \(silence["by"].string ?? "?"): \(silence["reason"].string ?? "")")
        }
        lines.append("  message: \(answer["message"]["text"].string ?? "")")
        for attachment in answer["message"]["attachments"].array {
            lines += (attachment["text"].string ?? "").split(separator: "\n").map { "    \($0)" }
        }
        return lines.joined(separator: "\n")
    }
}
