import Alerting
import Definitions
import Logging
import ServiceLifecycle
import Store
import Terraform

/// What the server has for Terraform: proposed plans with their pages and their watch, and drift.
struct TerraformPart: Sendable {
    let endpoints: [Endpoint]
    let services: [any Service]

    /// - Parameters:
    ///   - directory: where bundles and their key are kept.
    ///   - board: what the apps of a project promise.
    ///   - address: where people reach this server.
    /// - Throws: file errors of the key.
    init(
        store: any Store, directory: String, catalog: LiveCatalog, notices: ChannelNotices, board: StandingBoard, hub: EventHub, address: String,
        logger: Logger
    ) throws {
        let told = PlanNotices(notices: notices, catalog: catalog, url: address, logger: logger)
        let plans = PlanEndpoints(
            book: PlanBook(store: store), vault: try BundleVault(folder: directory), catalog: catalog, notices: told, hub: hub)
        endpoints =
            plans.endpoints + PlanPages(plans: plans, board: board).endpoints
            + DriftPage(book: DriftBook(store: store), notices: told, hub: hub).endpoints
        services = [PlanWatch(plans: plans, logger: logger)]
    }
}
