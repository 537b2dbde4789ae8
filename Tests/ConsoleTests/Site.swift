import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import TestSupport

@testable import Console

extension Logger {
    static var silent: Logger {
        var logger = Logger(label: "site")
        logger.logLevel = .critical
        return logger
    }
}

/// A server with routes of the test's own for the length of `body`, which is given its address.
func withSite<Result: Sendable>(
    _ routes: (Router<ConsoleContext>) -> Void, bounds: ConnectionBounds = ConnectionBounds(), _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    let router = Router(context: ConsoleContext.self)
    routes(router)
    let logger = Logger.silent
    let (ports, announce) = AsyncStream<Int>.makeStream()
    let application = Application(
        router: router, server: bounds.server, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { announce.yield($0.localAddress?.port ?? 0) }, logger: logger)
    let services = ServiceGroup(configuration: .init(services: [.init(service: application)], logger: logger))
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { announce.finish() }
            try await services.run()
        }
        guard let port = await ports.first(where: { _ in true }) else { throw ConditionNotMet(description: "the site did not start") }
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body("http://127.0.0.1:\(port)")) } catch { outcome = .failure(error) }
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
        return try outcome.get()
    }
}
