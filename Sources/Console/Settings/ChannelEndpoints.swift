import Alerting
import Foundation
import HTTPTypes
import ServiceModel

/// An app's Slack channel: what it is and why, and setting another, which is proved first.
struct ChannelEndpoints: Sendable {
    let channels: ChannelSettings
    let troubles: ChannelTroubles
    let proof: ChannelProof
    let router: AlertRouter

    static let returns: JSON = [
        "type": "object",
        "properties": [
            "app": ["type": "string"], "channel": ["type": ["string", "null"]], "reasons": ["type": "array", "items": ["type": "string"]],
            "setting": ["type": ["object", "null"]], "troubles": ["type": "array", "items": ["type": "object"]],
        ],
    ]

    var endpoints: [Endpoint] {
        [
            .api(.get, "/api/apps/{app}/channel", "Read where an app's alerts go, and why", returns: Self.returns) { visit in
                .show(try await state(of: visit.requireApp().name))
            },
            .action(
                "/apps/{app}/channel", api: .put, "/api/apps/{app}/channel", form: "/apps/{app}/settings", "Set an app's channel",
                permission: .develop,
                body: [
                    .init(name: "channel", about: "#name, a channel's id, or an incoming webhook's address", isRequired: true),
                    .init(name: "by", about: "Who, where the caller is a program"),
                ]
            ) { visit in try await set(visit) },
            .action(
                "/apps/{app}/channel/remove", api: .delete, "/api/apps/{app}/channel", form: "/apps/{app}/settings",
                "Let the definition decide an app's channel", permission: .develop
            ) { visit in try await remove(visit) },
        ]
    }

    /// What `/api/apps/{app}/channel` says.
    func state(of app: String) async throws -> JSON {
        let route = try await router.route(labels: ["app": app])
        return [
            "app": .string(app), "channel": JSON(route.channel), "reasons": JSON(route.reasons),
            "setting": try await channels.channel(of: app)?.json ?? .null,
            "troubles": .array(try await troubles.troubles(of: app).map(\.json)),
        ]
    }

    private func set(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let before = try await channels.channel(of: app)
        let channel = try visit.text("channel")
        do {
            let setting = try await proof.set(channel, for: app, by: visit.actor)
            return .done(
                setting.json, see: "/apps/\(app)/settings?done=channel_set",
                change: .init(before: JSON(before?.channel), after: .string(setting.channel), setting: "channel"))
        } catch let error as ChannelProofError {
            throw ConsoleError.invalid("channel", error.description)
        }
    }

    private func remove(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let before = try await channels.channel(of: app)
        try await channels.remove(app)
        return .done(
            try await state(of: app), see: "/apps/\(app)/settings?done=channel_removed",
            change: .init(before: JSON(before?.channel), setting: "channel"))
    }
}
