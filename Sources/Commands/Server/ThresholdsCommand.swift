import ArgumentParser
import Foundation
import NIOHTTP1
import ServiceModel

/// `jubako thresholds`.
struct ThresholdsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thresholds", abstract: "Show or set what the generic rules compare with for an app.",
        subcommands: [List.self, Set.self, Unset.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show each threshold of an app, and where it comes from.")

        @Argument(help: "The app.")
        var app: String

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("thresholds") { _ in
                let answer = try await server.call(.GET, "/api/apps/\(ServerConnection.encoded(app))/thresholds")
                guard !json else { return Terminal.output(answer.prettyText) }
                let rows = answer["thresholds"].array
                let width = rows.map { ($0["name"].string ?? "").count }.max() ?? 0
                for row in rows { Terminal.output(ThresholdsCommand.line(row, width: width)) }
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a threshold of an app, over what its definition says.",
            discussion: "It is in force at the next scrape; no rule is loaded again. Give it a date, or it holds until it is unset.")

        @Argument(help: "The app.")
        var app: String

        @Argument(help: "The threshold, such as error_ratio.")
        var name: String

        @Argument(help: "The number to compare with.")
        var value: Double

        @Option(help: "Why: whoever is woken, or is not, wants to know.")
        var reason: String

        @Option(help: "The last day that it holds, such as 2026-12-24 (UTC), or a time such as 2026-12-24T18:00:00Z.")
        var until: String?

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("thresholds set") { _ in
                let body: JSON = .compact([
                    "value": .number(value), "reason": .string(reason), "until": JSON(until),
                    "by": .string(ServerConnection.person),
                ])
                Terminal.output(ThresholdsCommand.line(try await server.call(.PUT, ThresholdsCommand.path(app, name), body: body)))
            }
        }
    }

    struct Unset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let the definition decide again.")

        @Argument(help: "The app.")
        var app: String

        @Argument(help: "The threshold, such as error_ratio.")
        var name: String

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("thresholds unset") { _ in
                Terminal.output(ThresholdsCommand.line(try await server.call(.DELETE, ThresholdsCommand.path(app, name))))
            }
        }
    }

    private static func path(_ app: String, _ name: String) -> String {
        "/api/apps/\(ServerConnection.encoded(app))/thresholds/\(ServerConnection.encoded(name))"
    }

    /// `error_ratio  0.1  set by yuki until 2026-12-24T00:00:00Z: the migration`
    private static func line(_ row: JSON, width: Int = 0) -> String {
        let name = row["name"].string ?? ""
        guard let value = row["value"].double else { return "\(name) is no threshold any more" }
        let number = Int(exactly: value).map(String.init) ?? "\(value)"
        let setting = row["setting"]
        var source = row["source"].string ?? ""
        if !setting.isNull {
            let end = setting["until"].string.map { " until \($0)" } ?? ""
            source = "set by \(setting["set_by"].string ?? "")\(end): \(setting["reason"].string ?? "")"
        }
        return "\(name.padding(toLength: max(width, name.count), withPad: " ", startingAt: 0))  \(number)  \(source)"
    }
}
