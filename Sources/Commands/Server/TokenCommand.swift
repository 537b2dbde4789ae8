import ArgumentParser
import Foundation
import NIOHTTP1
import ServiceModel

/// `jubako token`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, list and revoke tokens for programs.", subcommands: [Create.self, List.self, Revoke.self],
        defaultSubcommand: List.self)

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token, and print it: it is shown this once.",
            discussion: "It needs a sign-in of the last five minutes (jubako login), or the token of this machine's own server.")

        @Argument(help: "What it is for, as the audit log will say.")
        var name: String

        @Option(help: "What it may do: viewer, developer, sre or admin, not more than you may. (default: what you may)")
        var role: String?

        @Option(name: .customLong("app"), help: "An app that it is limited to; repeatable. (default: no limit)")
        var apps: [String] = []

        @Option(name: .customLong("team"), help: "A team that it develops for; repeatable. (default: your own)")
        var teams: [String] = []

        @Option(help: "So many days until it expires, at most 365.")
        var days = 90

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("token create") { _ in
                let body: JSON = .compact([
                    "name": .string(name), "role": JSON(role), "apps": JSON(apps), "teams": JSON(teams), "days": .integer(days),
                ])
                let answer = try await server.call(.POST, "/api/me/tokens", body: body)
                guard !json else { return Terminal.output(answer.prettyText) }
                Terminal.output(answer["token"].string ?? "")
                Terminal.error(
                    "token \(answer["id"].string ?? ""): \(answer["role"].string ?? ""), until \(answer["expires_at"].string?.prefix(10) ?? "")")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List your tokens; for an admin, those of all.")

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("token list") { _ in
                let answer = try await server.call(.GET, "/api/me/tokens")
                guard !json else { return Terminal.output(answer["tokens"].prettyText) }
                for token in answer["tokens"].array {
                    func text(_ key: String) -> String { token[key].string ?? "" }
                    let used = token["used_at"].string.map { "used \($0.prefix(10))" } ?? "never used"
                    let limit = token["limits"].string.flatMap { $0.isEmpty ? nil : " (\($0))" } ?? ""
                    Terminal.output(
                        "\(text("id"))  \(text("name"))  \(text("role"))\(limit)  by \(text("created_by"))  until \(text("expires_at").prefix(10))  \(used)"
                    )
                }
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a token back, from now on.")

        @Argument(help: "The token's id, as the list shows it.")
        var id: String

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("token revoke") { _ in
                let answer = try await server.call(.DELETE, "/api/me/tokens/\(ServerConnection.encoded(id))")
                Terminal.output("\(answer["id"].string ?? id) revoked")
            }
        }
    }
}
