import Foundation
import ServiceModel
import Store

/// Where incidents wait until they were told, and how.
///
/// | partition | sort key | body |
/// |---|---|---|
/// | `alerting/incidents/` + first digit of the id | incident's id (hash of groupKey and app) | ``Incident`` |
/// | `alerting/messages` | message's id | ``PostedMessage`` |
/// | `alerting/claims` | channel | ``Claim`` |
///
/// The incidents are spread over 16 partitions, since every webhook writes one.
struct Outbox: Sendable {
    let store: any Store

    private static let messages = "alerting/messages"
    private static let claims = "alerting/claims"

    private static func incidents(_ digit: some StringProtocol) -> String { "alerting/incidents/\(digit)" }

    /// How long a finished incident is remembered, in seconds: longer than Alertmanager repeats a webhook.
    static let closedIncidentLifetime: TimeInterval = 3_600

    static func put(_ incident: Incident, at moment: Date) -> StoreWrite {
        .put(
            StoreKey(partition: incidents(incident.id.prefix(1)), sort: incident.id), body: incident.json.bytes,
            expiry: incident.isClosed ? moment + closedIncidentLifetime : nil)
    }

    static func put(_ message: PostedMessage) -> StoreWrite {
        .put(StoreKey(partition: messages, sort: message.id), body: message.json.bytes)
    }

    static func delete(message id: String) -> StoreWrite { .delete(StoreKey(partition: messages, sort: id)) }

    static func put(_ claim: Claim) -> StoreWrite { .put(StoreKey(partition: claims, sort: claim.channel), body: claim.json.bytes) }

    static func deleteClaim(channel: String) -> StoreWrite { .delete(StoreKey(partition: claims, sort: channel)) }

    /// Everything that an earlier process left.
    func load() async throws -> Contents {
        var contents = Contents()
        for digit in "0123456789abcdef" {
            for item in try await store.query(partition: Self.incidents(String(digit))) {
                guard let incident = Self.json(item).flatMap(Incident.init) else { contents.unreadable.append(item.key.description); continue }
                contents.incidents.append(incident)
            }
        }
        for item in try await store.query(partition: Self.messages) {
            guard let message = Self.json(item).flatMap(PostedMessage.init) else { contents.unreadable.append(item.key.description); continue }
            contents.messages.append(message)
        }
        for item in try await store.query(partition: Self.claims) {
            guard let claim = Self.json(item).flatMap(Claim.init) else { contents.unreadable.append(item.key.description); continue }
            contents.claims.append(claim)
        }
        return contents
    }

    struct Contents: Sendable {
        var incidents: [Incident] = []
        var messages: [PostedMessage] = []
        var claims: [Claim] = []
        /// Keys of items that make no sense.
        var unreadable: [String] = []
    }

    private static func json(_ item: StoreItem) -> JSON? { try? JSON(parsing: item.body) }
}
