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

    private let edits = EditQueue()

    init(channels: ChannelSettings, troubles: ChannelTroubles, proof: ChannelProof, router: AlertRouter) {
        self.channels = channels
        self.troubles = troubles
        self.proof = proof
        self.router = router
    }

    private static let setting = Schema.object([
        "app": Schema.text, "channel": Schema.text, "set_by": Schema.text, "set_at": Schema.time, "proved_at?": Schema.time,
        "channel_id?": Schema.text, "ts?": Schema.text, "failure?": Schema.text,
    ])

    static let returns = Schema.object([
        "app": Schema.text, "channel": Schema.optional(Schema.text), "reasons": Schema.texts, "setting": Schema.optional(setting),
        "version": Schema.text,
        "troubles": Schema.list(
            Schema.object([
                "channel": Schema.text, "code": Schema.text, "text": Schema.text, "since": Schema.time, "last": Schema.time, "apps": Schema.texts,
            ])),
    ])

    var endpoints: [Endpoint] {
        [
            .api(.get, "/api/apps/{app}/channel", "Read where an app's alerts go, and why", returns: Self.returns) { visit in
                let state = try await state(of: visit.requireApp().name)
                return .show(state, version: state["version"].string)
            }.with { $0.isVersioned = true },
            .action(
                "/apps/{app}/channel", api: .put, "/api/apps/{app}/channel", form: "/apps/{app}/settings", "Set an app's channel",
                permission: .develop,
                body: [
                    .init(name: "channel", about: "#name, a channel's id, or an incoming webhook's address", isRequired: true),
                    .init(name: "by", about: "Who, where the caller is a program"),
                ], returns: Self.setting, refusals: [409]
            ) { visit in try await set(visit) }.with { $0.isVersioned = true },
            .action(
                "/apps/{app}/channel/remove", api: .delete, "/api/apps/{app}/channel", form: "/apps/{app}/settings",
                "Let the definition decide an app's channel", permission: .develop, returns: Self.returns,
                refusals: [409]
            ) { visit in try await remove(visit) }.with { $0.isVersioned = true },
        ]
    }

    /// What `/api/apps/{app}/channel` says.
    func state(of app: String) async throws -> JSON {
        let route = try await router.route(labels: ["app": app])
        let setting = try await channels.channel(of: app)
        return [
            "app": .string(app), "channel": JSON(route.channel), "reasons": JSON(route.reasons),
            "setting": setting?.json ?? .null, "version": .string(Self.version(setting)),
            "troubles": .array(try await troubles.troubles(of: app).map(\.json)),
        ]
    }

    /// Tells settings apart, not proofs: the nightly one spoils nobody's edit.
    private static func version(_ setting: ChannelSetting?) -> String {
        Version.of(["channel": JSON(setting?.channel), "set_at": JSON(setting?.setAt.timeIntervalSince1970)])
    }

    private func set(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let channel = try visit.text("channel")
        // Its proof may take a minute.
        return try await edits.exclusively(app, isPatient: false) {
            let before = try await current(of: app, visit)
            do {
                let setting = try await proof.set(channel, for: app, by: visit.actor)
                return .done(
                    setting.json, see: "/apps/\(app)/settings?done=channel_set",
                    change: .init(before: JSON(before?.channel), after: .string(setting.channel), setting: "channel"))
            } catch let error as ChannelProofError {
                throw ConsoleError.invalid("channel", error.description)
            }
        }
    }

    private func remove(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        return try await edits.exclusively(app, isPatient: false) {
            let before = try await current(of: app, visit)
            try await channels.remove(app)
            return .done(
                try await state(of: app), see: "/apps/\(app)/settings?done=channel_removed",
                change: .init(before: JSON(before?.channel), setting: "channel"))
        }
    }

    /// What is set now.
    ///
    /// - Throws: ``ConsoleError`` 412 when it is not what the caller saw.
    private func current(of app: String, _ visit: Visit) async throws -> ChannelSetting? {
        let setting = try await channels.channel(of: app)
        try visit.requireCurrent(Self.version(setting), ["channel": JSON(setting?.channel), "set_by": JSON(setting?.setBy)])
        return setting
    }
}
