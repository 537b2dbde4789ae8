import ArgumentParser
import NIOHTTP1
import ServiceModel

/// `jubako silence`.
struct SilenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence", abstract: "Keep alerts back for a while.", subcommands: [List.self, Create.self, Expire.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the silences: what they keep back, who made them, why, until when.")

        @Argument(help: "Those of one app only.")
        var app: String?

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("silence list") { _ in
                let path = app.map { "/api/apps/\(ServerConnection.encoded($0))/silences" } ?? "/api/silences"
                let silences = try await server.call(.GET, path)["silences"]
                guard !json else { return Terminal.output(silences.prettyText) }
                if silences.array.isEmpty { Terminal.output("nothing is silenced") }
                for silence in silences.array {
                    Terminal.output(
                        "\(silence["id"].string ?? "")  \(silence["matchers"].strings.joined(separator: " "))\n"
                            + "  until \(silence["ends_at"].string ?? "?"), by \(silence["by"].string ?? "?"): \(silence["reason"].string ?? "")")
                }
            }
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Silence alerts of an app.",
            discussion: "It says what it keeps back: what fires now, and what would be kept back if it fired. --preview changes nothing.")

        @Argument(help: "The app.")
        var app: String

        @Argument(help: "The alert; all alerts of the app without it.")
        var alert: String?

        @Option(name: .customLong("matcher"), help: "A further condition: name=value, name!=value, name=~regex, name!~regex. Repeatable.")
        var matchers: [String] = []

        @Option(name: .customLong("for"), help: "How long: 30m, 2h, 3d; 30 days at most.")
        var length = "2h"

        @Option(help: "Why.")
        var reason: String?

        @Flag(help: "Only say what it would keep back.")
        var preview = false

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func validate() throws {
            if !preview, reason?.isEmpty ?? true { throw ValidationError("--reason is missing: whoever misses an alert wants to know why") }
        }

        func run() async throws {
            try await Invocation.run("silence create") { _ in
                let all = (alert.map { ["alertname=\($0)"] } ?? []) + matchers
                let query = (["app=\(app)"] + all).map { "matcher=\(ServerConnection.encoded($0))" }.joined(separator: "&")
                let shown = try await server.call(.GET, "/api/silences/preview?\(query)")["preview"]
                if !json { Terminal.output(Self.text(shown)) }
                guard !preview else { return json ? Terminal.output(shown.prettyText) : () }
                let body: JSON = [
                    "matchers": JSON(all), "for": .string(length), "reason": .string(reason ?? ""), "by": .string(ServerConnection.person),
                ]
                let made = try await server.call(.POST, "/api/apps/\(ServerConnection.encoded(app))/silences", body: body)
                Terminal.output(
                    json
                        ? made.prettyText
                        : "silenced until \(made["ends_at"].string ?? "?"); end it with: jubako silence expire \(made["id"].string ?? "")")
            }
        }

        private static func text(_ preview: JSON) -> String {
            let firing = preview["firing"].array.map { "  fires now: \($0["labels"]["alertname"].string ?? "?")" }
            let quiet = preview["quiet"].array.compactMap { $0["alertname"].string }
            let rest = quiet.isEmpty ? [] : ["  if they fire: \(quiet.joined(separator: ", "))"]
            if firing.isEmpty, quiet.isEmpty {
                return "keeps back nothing that is known: check the names (jubako silence create APP --preview lists them)"
            }
            return (["keeps back \(firing.count) that fire and \(quiet.count) that may"] + firing + rest).joined(separator: "\n")
        }
    }

    struct Expire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a silence now.")

        @Argument(help: "The silence's id.")
        var id: String

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("silence expire") { _ in
                _ = try await server.call(.DELETE, "/api/silences/\(ServerConnection.encoded(id))")
                Terminal.output("the silence \(id) has ended")
            }
        }
    }
}
