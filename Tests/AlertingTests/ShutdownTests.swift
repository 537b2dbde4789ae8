import Foundation
import Logging
import ServiceLifecycle
import Store
import TestSupport
import Testing

@testable import Alerting

@Suite struct ShutdownTests {
    @Test func `a dispatcher ends when asked, whatever it waits for, and the next one goes on`() async throws {
        let store = try SQLiteStore.inMemory()
        let directory = Owners(["recipes": AppOwner(definitionChannel: "#recipes")], sre: nil)
        var configuration = SlackClient.Configuration()
        configuration.baseURL = "http://127.0.0.1:\(try await PortReservation.free())/api"  // nobody listens
        configuration.token = "t"
        let slack = SlackClient(configuration)
        let metrics = AlertingMetrics()
        var logger = Logger(label: "shutdown")
        logger.logLevel = .critical
        var policy = DispatchPolicy()
        policy.firstBackoff = .seconds(600)
        policy.longestBackoff = .seconds(600)
        let dispatcher = try await Dispatcher(
            store: store,
            router: AlertRouter(settings: ChannelSettings(store: store), owners: directory, proofs: ProofRecords(store: store)), slack: slack,
            links: AlertLinks(console: nil), policy: policy, proofs: ProofArrivals(), metrics: metrics, logger: logger)
        let services = ServiceGroup(services: [dispatcher], gracefulShutdownSignals: [], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            _ = try await dispatcher.accept(webhook("g", alert(), alert(app: "nobody's")))
            try await eventually("tried") { metrics.value(.notifications, .retried) == 1 }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
        try await slack.shutdown()
        try await Desk.run(store: store, owners: Owners(["recipes": AppOwner(definitionChannel: "#recipes")])) { desk in
            try await eventually("told") { await desk.posted("recipes").count == 1 }
            try await eventually("told the SREs") { await desk.words("sre").contains("no owner") }
            #expect(await !desk.words("recipes").contains("possible duplicate"))
        }
    }
}
