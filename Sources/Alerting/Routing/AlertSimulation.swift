public import ServiceModel

/// Answers "who would be told?" about an alert that need not exist.
public struct AlertSimulation: Sendable {
    private let router: AlertRouter
    private let renderer: MessageRenderer
    private let silences: @Sendable () async throws -> [Silence]

    /// - Parameter silences: the silences of now, for example ``AlertmanagerClient/silences(_:includingExpired:)``.
    public init(
        router: AlertRouter, links: AlertLinks, template: any AlertTemplate = StandardTemplate(),
        silences: @escaping @Sendable () async throws -> [Silence]
    ) {
        self.router = router
        renderer = MessageRenderer(links: links, template: template)
        self.silences = silences
    }

    /// What would become of an alert.
    public struct Result: Sendable, Hashable {
        public let alert: Alert
        /// The channel, and the chain of reasons that leads to it.
        public let route: Route
        /// The message as Slack would get it.
        public let message: SlackMessage
        /// The silences that would keep it back.
        public let silences: [Silence]

        /// The answer for the API.
        public var json: JSON {
            .compact([
                "labels": .texts(alert.labels), "channel": JSON(route.channel), "reasons": JSON(route.reasons), "note": JSON(route.note),
                "message": message.json, "silences": .array(silences.map(\.json)),
            ])
        }
    }

    /// Follows an alert the whole way and tells nobody.
    public func simulate(_ alert: Alert) async throws -> Result {
        let route = try await router.route(labels: alert.labels)
        var incident = Incident(groupKey: "simulation", app: alert.app)
        _ = incident.absorb([alert], at: alert.startsAt)
        let rendered = renderer.incident(.init(incident: incident, notes: [route.note].compactMap { $0 }))
        return Result(alert: alert, route: route, message: rendered.message, silences: try await silences().filter { $0.covers(alert.labels) })
    }
}
