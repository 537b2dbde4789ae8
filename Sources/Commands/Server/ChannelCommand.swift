import ArgumentParser
import Foundation
import NIOHTTP1
import ServiceModel

/// `jubako channel`.
struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Show or set the Slack channel of an app.", subcommands: [Show.self, Set.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show where an app's alerts go, and why.")

        @Argument(help: "The app.")
        var app: String

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("channel show") { _ in
                let answer = try await server.call(.GET, "/api/apps/\(ServerConnection.encoded(app))/channel")
                guard !json else { return Terminal.output(answer.prettyText) }
                Terminal.output("\(app) → \(answer["channel"].string ?? "nobody")")
                for reason in answer["reasons"].strings { Terminal.output("  \(reason)") }
                if let proved = answer["setting"]["proved_at"].string { Terminal.output("  last proved \(proved)") }
                for trouble in answer["troubles"].array { Terminal.output("  trouble: \(trouble["text"].string ?? trouble.text)") }
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set where an app's alerts go.",
            discussion: "A test alert goes the way of all alerts first; the channel is kept only when its message has arrived.")

        @Argument(help: "The app.")
        var app: String

        @Argument(help: "The channel: #name, its id, or an incoming webhook's address.")
        var channel: String

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("channel set") { _ in
                let answer = try await server.call(
                    .PUT, "/api/apps/\(ServerConnection.encoded(app))/channel",
                    body: ["channel": .string(channel), "by": .string(ServerConnection.person)])
                Terminal.output("\(app) → \(channel), proved by message \(answer["ts"].string ?? "?")")
            }
        }
    }
}
