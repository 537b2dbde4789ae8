import ArgumentParser
import Definitions
import Deployments
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel

/// Asking the gate before a deploy changes anything. There is no way around it but an override.
struct GateOptions: ParsableArguments {
    @Option(
        name: .customLong("label"),
        help: ArgumentHelp(
            "What the release is, such as reliability, which passes the gate although the budget is gone; repeatable.", valueName: "label"))
    var labels: [String] = []

    /// The exit code of a deploy that the gate refuses.
    static let refused = ExitCode(5)
    private static let patience: TimeAmount = .seconds(15)

    /// Says what the gate thinks of a deploy.
    ///
    /// - Parameter server: nil where there is none.
    /// - Throws: `ExitCode` 5 when it refuses.
    func ask(_ definition: Definition, server: ServerConnection?, endpoint: String?) async throws {
        let folder = URL(filePath: definition.file).standardizedFileURL.deletingLastPathComponent().path()
        let organization = Organization.nearest(to: folder) ?? Organization()
        let environment = Self.environment(definition, endpoint, organization)
        let policy = organization.gate(environment: environment, team: definition.owner)
        guard let server else {
            // Nobody has to have a server, unless the policy says that it has to be asked.
            guard !definition.objectives.isEmpty, policy.unreachable == .refuse else { return }
            return try Self.tell(unreachable: "no server is named: give --server, or jubako login", policy)
        }
        let image = definition.taskDefinition["containerDefinitions"].array.first { $0["name"] == "app" }?["image"].string
        let body: JSON = .compact([
            "environment": JSON(environment), "labels": labels.isEmpty ? .null : JSON(labels), "image": JSON(image),
            "by": .string(ServerConnection.person),
        ])
        let answer: JSON
        do {
            answer = try await server.send(
                .POST, "/api/apps/\(ServerConnection.encoded(definition.appID))/gate", body: body, timeout: Self.patience)
        } catch let error as ServerError {
            // An app that promises nothing needs nobody's leave.
            if definition.objectives.isEmpty { return }
            // A token that may not ask is no server that cannot be asked: nobody gets past the gate by having no rights.
            if let status = error.status, [401, 403].contains(status) {
                throw ServerError(
                    description: "the gate of \(definition.appID) was not asked, since \(server.base) refuses the token (\(error.description)):"
                        + " sign in with jubako login, or take a token of the app's team", status: status)
            }
            return try Self.tell(unreachable: error.description, policy)
        }
        try GateText(answer).tell()
    }

    private static func tell(unreachable reason: String, _ policy: GatePolicy) throws {
        try GateText(GateText.unreachable(reason, policy)).tell()
    }

    /// The environment of `jubako.yml` that a deploy goes to; nil where none or several fit, then the server knows.
    private static func environment(_ definition: Definition, _ endpoint: String?, _ organization: Organization) -> String? {
        let fitting = organization.environments.filter { _, place in
            place.cluster == definition.cluster && place.endpointURL == endpoint
                && (place.region == nil || definition.region == nil || place.region == definition.region)
        }
        return fitting.count == 1 ? fitting.first?.key : nil
    }
}
