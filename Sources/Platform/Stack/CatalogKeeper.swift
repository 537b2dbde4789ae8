import Definitions
import ServiceLifecycle

/// Reads definitions that have changed, where no ``RuleKeeper`` does.
struct CatalogKeeper: Service {
    let catalog: LiveCatalog

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(2))
                await catalog.reload()
            }
        }
    }
}
