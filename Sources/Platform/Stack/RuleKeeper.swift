import AsyncHTTPClient
import Definitions
import Foundation
import Logging
import Monitoring
import NIOCore
import NIOHTTP1
import Objectives
import ServiceLifecycle

/// Keeps Prometheus's rules as the definitions say them.
struct RuleKeeper: Service {
    let rules: RuleFolder
    let library: RuleLibrary
    let catalog: LiveCatalog
    /// Prometheus's address; nil when somebody else reloads it.
    let prometheus: String?
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var told: [RejectedRule] = []
            // A Prometheus that is just starting may have read the rules before they were changed, and not answer yet.
            var isWaiting = false
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(2))
                do {
                    let catalog = await self.catalog.reload()
                    let outcome = try await rules.write(library, catalog, ObjectiveRules.all(catalog))
                    for rule in outcome.rejected where !told.contains(rule) { logger.error("a rule is not accepted: \(rule)") }
                    told = outcome.rejected
                    if outcome.isChanged { isWaiting = true }
                    if isWaiting { isWaiting = !(await reload()) }
                } catch is CancellationError {
                } catch {
                    logger.error("the rules could not be written", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Returns whether Prometheus has taken the rules, or somebody else sees to that.
    private func reload() async -> Bool {
        guard let prometheus else { return true }
        var request = HTTPClientRequest(url: "\(prometheus)/-/reload")
        request.method = .POST
        request.body = .bytes(ByteBuffer())
        let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return answer?.status == .ok
    }
}
