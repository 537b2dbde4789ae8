import ArgumentParser
import Foundation
import NIOHTTP1
import Objectives
import ServiceModel

/// `jubako gate`.
struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Show whether an app may be deployed, and let one deploy pass although its budget is gone.",
        subcommands: [Show.self, Override.self, Sign.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show how the gate stands, why, and which overrides are open.")

        @OptionGroup var app: GateApp

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            try await Invocation.run("gate show") { _ in
                let answer = try await app.server.call(.GET, app.path)
                guard !json else { return Terminal.output(answer.prettyText) }
                Terminal.output("\(answer["light"].string ?? "?")  \(answer["sentence"].string ?? "")")
                for line in GateText(answer).details { Terminal.output(line) }
                for override in answer["overrides"].array { Terminal.output(GateCommand.line(override)) }
            }
        }
    }

    struct Override: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask for an override, which lets one deploy pass once two people have signed it.",
            discussion: "It is told to the app's channel and stays in the audit log.")

        @OptionGroup var app: GateApp

        @Option(help: "Why it cannot wait.")
        var reason: String

        @Option(name: .customLong("for"), help: "How long it holds, as in 4h or 3d; 7 days at most.")
        var length: String?

        @Option(help: "Its end, in the place of --for, as in 2026-12-24T18:00:00Z.")
        var until: String?

        func validate() throws {
            guard (length == nil) != (until == nil) else { throw ValidationError("an override has one end: --for or --until") }
        }

        func run() async throws {
            try await Invocation.run("gate override") { _ in
                let body: JSON = .compact([
                    "reason": .string(reason), "for": JSON(length), "until": JSON(until), "by": .string(ServerConnection.person),
                ])
                Terminal.output(GateCommand.line(try await app.server.call(.POST, "\(app.path)/overrides", body: body)))
            }
        }
    }

    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign an override, for the business or as an SRE; the other signature is somebody else's.")

        @OptionGroup var app: GateApp

        @Argument(help: "The override's id.")
        var id: String

        @Option(name: .customLong("as"), help: "business or sre.")
        var role: String

        func validate() throws {
            guard GateOverride.Role(rawValue: role) != nil else { throw ValidationError("--as is business or sre") }
        }

        func run() async throws {
            try await Invocation.run("gate sign") { _ in
                let body: JSON = ["role": .string(role), "by": .string(ServerConnection.person)]
                let path = "\(app.path)/overrides/\(ServerConnection.encoded(id))/sign"
                Terminal.output(GateCommand.line(try await app.server.call(.POST, path, body: body)))
            }
        }
    }

    /// `1a2b3c4d  until 2026-12-24T18:00:00Z  signed by mei (business)  waits for sre  Christmas menu`
    static func line(_ override: JSON) -> String {
        let signatures = override["signatures"].array.map { "\($0["person"].string ?? "?") (\($0["role"].string ?? "?"))" }
        let missing = override["missing"].strings
        return [
            override["id"].string ?? "?", "until \(override["until"].string ?? "?")",
            signatures.isEmpty ? "not signed" : "signed by \(signatures.joined(separator: " and "))",
            missing.isEmpty ? "lets one deploy pass" : "waits for \(missing.joined(separator: " and "))", override["reason"].string ?? "",
        ].joined(separator: "  ")
    }
}

/// The app and the server of a verb of `jubako gate`.
struct GateApp: ParsableArguments {
    @Argument(help: "The app.")
    var app: String

    @OptionGroup var server: ServerConnection

    var path: String { "/api/apps/\(ServerConnection.encoded(app))/gate" }
}
