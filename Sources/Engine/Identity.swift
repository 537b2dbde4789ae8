import Foundation
import ServiceModel
import Store

/// What tells this engine from others on the same Docker, kept with its state.
struct Identity: Codable, Sendable {
    /// The label of its containers.
    let engineID: String
    /// The container instance's id.
    let containerInstanceID: String
    let instanceID: String

    private static let key = StoreKey(partition: "engine/identity", sort: "identity")

    static func load(from store: any Store) async throws -> Identity {
        if let item = try await store.get(key) { return try JSONDecoder().decode(Identity.self, from: Data(item.body)) }
        let identity = Identity(
            engineID: String(Identifier.hex32().prefix(12)), containerInstanceID: Identifier.hex32(), instanceID: "i-\(Identifier.hex32().prefix(17))"
        )
        try await store.write([.put(key, body: [UInt8](JSONEncoder().encode(identity)), condition: .absent)])
        return identity
    }

    /// The machine as Docker describes it.
    func machine(_ docker: DockerClient) async throws -> Machine {
        let info = try await docker.info()
        return Machine(
            id: containerInstanceID, instanceID: instanceID, cpu: info.cpus * 1024, memory: info.memory / 1_048_576, dockerVersion: info.serverVersion
        )
    }
}
