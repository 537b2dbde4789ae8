import ArgumentParser
import Deployments
import Foundation
import ServiceModel

/// `jubako drill`.
struct DrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill", abstract: "Break an app on the local engine on purpose, for a while, and see who notices.",
        discussion: """
            The fault ends by itself, at the latest after an hour; Ctrl-C ends it at once. The report says which alerts fired, \
            how soon, and who was told.
            """,
        subcommands: [KillTask.self, Latency.self, Errors.self, List.self, Stop.self])

    struct KillTask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let one of the app's tasks die, again and again.")

        @Option(help: "The time between two tasks that die, as in 30s.")
        var every: TimeSpan?

        @OptionGroup var drill: DrillOptions

        func run() async throws {
            try await drill.run("kill-task", amount: every.map { Int($0.seconds) })
        }
    }

    struct Latency: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Hold back every request to the app that comes through its load balancer.")

        @Option(help: ArgumentHelp("How long a request is held back (default: 500).", valueName: "milliseconds"))
        var ms: Int?

        @OptionGroup var drill: DrillOptions

        func run() async throws { try await drill.run("latency", amount: ms) }
    }

    struct Errors: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Answer some of the requests with 503 in place of the app.")

        @Option(help: "How many of a hundred requests (default: 20).")
        var percent: Int?

        @OptionGroup var drill: DrillOptions

        func run() async throws { try await drill.run("errors", amount: percent) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the drills that are going on.")

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var engine: DrillConnection

        func run() async throws {
            try await Invocation.run("drill list") { invocation in
                try await engine.connect { connection in
                    let drills = try await connection.session(invocation).calls.call(.drills, "ListDrills", [:])["drills"]
                    guard !json else { return Terminal.output(drills.prettyText) }
                    if drills.array.isEmpty { Terminal.output("no drill is going on") }
                    for drill in drills.array {
                        let end = Date(timeIntervalSince1970: drill["endsAt"].double ?? 0).formatted(.iso8601)
                        Terminal.output(
                            "\(drill["service"].string ?? "?")  \(drill["fault"].string ?? "?") \(drill["amount"].int ?? 0)  until \(end)")
                    }
                }
            }
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a drill at once.")

        @OptionGroup var app: AppReference
        @OptionGroup var engine: DrillConnection

        func run() async throws {
            try await Invocation.run("drill stop") { invocation in
                let (app, cluster, _) = try await app.resolve()
                try await engine.connect { connection in
                    _ = try await connection.session(invocation).calls.call(
                        .drills, "StopDrill", ["cluster": .string(cluster), "service": .string(app)])
                    Terminal.output("the drill on \(app) has ended")
                }
            }
        }
    }
}
