import AWS
import ServiceLifecycle

/// Closes a client's connections at the end.
struct Connection: Service {
    let client: AWSClient

    func run() async throws {
        try? await gracefulShutdown()
        await client.shutdown()
    }
}
