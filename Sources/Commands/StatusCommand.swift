import ArgumentParser
import Deployments
import Foundation
import NIOHTTP1
import ServiceModel

/// `jubako status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how an app stands: addresses, deployments, tasks, events.",
        discussion:
            "An app by its name is asked of the server, where one is named. With --follow, watches the deployment under way to its end and exits as deploy does."
    )

    @OptionGroup var reference: AppReference

    @Flag(help: "Watch the deployment under way to its end.")
    var follow = false

    @OptionGroup var options: FollowOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var server: ServerConnection

    func run() async throws {
        try await Invocation.run("status") { invocation in
            if !follow, reference.asksServer(server, connection) {
                let answer = try await server.call(.GET, "/api/apps/\(ServerConnection.encoded(reference.app))")
                return Terminal.output(options.json ? answer.prettyText : ServerReports.status(answer))
            }
            let (app, cluster, region) = try await reference.resolve()
            try await connection.connect(region: region) { connection in
                if follow {
                    let attachment = Attachment(
                        app: app, cluster: cluster, timeout: .seconds(options.timeout), isEmulated: connection.isEmulated,
                        session: connection.session(invocation))
                    let printer = ResultPrinter(connection: connection, invocation: invocation, file: reference.app, json: options.json)
                    return try await printer.show(attachment.follow())
                }
                let read = try await StatusReport.read(app: app, cluster: cluster, entryPort: connection.entryPort, connection.client)
                guard let report = read else {
                    throw DeployError("there is no service \(app) in cluster \(cluster): jubako deploy creates it")
                }
                Terminal.output(options.json ? report.json.prettyText : report.text(now: Date().timeIntervalSince1970, paint: Terminal.outputPaint))
            }
        }
    }
}
