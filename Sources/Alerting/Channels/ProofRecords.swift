import Foundation
import ServiceModel
public import Store

/// A test of a channel that is on its way through Alertmanager.
struct PendingProof: Sendable, Hashable {
    /// The label that carries the test's token. Alertmanager should group by it and not wait.
    static let label = "jubako_proof"

    let token: String
    let app: String
    let channel: String
    /// The message of the last test, which a quiet one edits.
    var previous: SlackAddress?
}

/// The tests that are under way, and the only ones whose alerts go where the test says.
///
/// Items: partition `alerting/proofs`, sort key token; they expire after an hour.
public struct ProofRecords: Sendable {
    private let store: any Store

    public init(store: any Store) {
        self.store = store
    }

    func find(_ token: String) async throws -> PendingProof? {
        guard let item = try await store.get(Self.key(token)), let json = try? JSON(parsing: item.body), let app = json["app"].string,
            let channel = json["channel"].string
        else { return nil }
        let previous = json["ts"].string.map { SlackAddress(channel: json["channel_id"].string ?? channel, ts: $0) }
        return PendingProof(token: token, app: app, channel: channel, previous: previous)
    }

    func add(_ proof: PendingProof, at moment: Date) async throws {
        let body: JSON = .compact([
            "app": .string(proof.app), "channel": .string(proof.channel), "channel_id": JSON(proof.previous?.channel), "ts": JSON(proof.previous?.ts),
        ])
        try await store.write([.put(Self.key(proof.token), body: body.bytes, expiry: moment + 3_600)])
    }

    private static func key(_ token: String) -> StoreKey { StoreKey(partition: "alerting/proofs", sort: token) }
}
