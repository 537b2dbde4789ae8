import Hummingbird
import Logging
import NIOCore

/// What those who run the app need: its health, its metrics, and the switch that makes it misbehave.
struct OperationRoutes: Sendable {
    let metrics: Metrics
    let faults: FaultSwitch
    let version: String

    struct Health: ResponseEncodable {
        let status: String
        let version: String
    }

    func add(to router: some RouterMethods<APIContext>) {
        router.get("healthz", use: health).get("metrics", use: exposition).get("switch", use: faultSettings).put("switch", use: setFaults)
    }

    @Sendable private func health(_ request: Request, _ context: APIContext) async -> EditedResponse<Health> {
        let unhealthy = await faults.current.unhealthy
        return EditedResponse(
            status: unhealthy ? .serviceUnavailable : .ok, response: Health(status: unhealthy ? "unhealthy" : "ok", version: version))
    }

    @Sendable private func exposition(_ request: Request, _ context: APIContext) async -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: await metrics.exposition)))
    }

    @Sendable private func faultSettings(_ request: Request, _ context: APIContext) async -> Faults {
        await faults.current
    }

    @Sendable private func setFaults(_ request: Request, _ context: APIContext) async throws -> Faults {
        let changes = try await request.decode(as: Faults.Changes.self, context: context)
        let settings = try await faults.apply(changes)
        context.logger.warning("switch", metadata: settings.metadata)
        return settings
    }
}
