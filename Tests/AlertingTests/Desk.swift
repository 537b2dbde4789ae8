import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import ServiceModel
import Store
import Synchronization
import TestSupport

@testable import Alerting

/// The owners of a test's apps, which it may change.
final class Owners: OwnerDirectory {
    private let state: Mutex<(owners: [String: AppOwner], sre: String?)>

    init(_ owners: [String: AppOwner], sre: String? = "#sre") { state = Mutex((owners, sre)) }

    func owner(of app: String) async -> AppOwner? { state.withLock { $0.owners[app] } }
    var sreChannel: String? { get async { state.withLock { $0.sre } } }
    func set(_ app: String, _ owner: AppOwner) { state.withLock { $0.owners[app] = owner } }
}

/// Everything between Alertmanager and Slack, on loopback, with the stand-in in Slack's place.
struct Desk: Sendable {
    static let token = "xoxb-test"

    let store: any Store
    let owners: Owners
    let standIn: SlackStandIn
    let dispatcher: Dispatcher
    let metrics: AlertingMetrics
    let settings: ChannelSettings
    let records: ProofRecords
    let arrivals: ProofArrivals
    let url: String

    /// Runs a dispatcher for the length of `body`, then abandons it as a kill would: what is under way is not brought to its end.
    static func run<Result: Sendable>(
        store: (any Store)? = nil, standIn: SlackStandIn = SlackStandIn(token: Desk.token), owners: Owners = Owners([:]),
        policy: DispatchPolicy = DispatchPolicy(), template: any AlertTemplate = StandardTemplate(), timeout: Duration = .seconds(5),
        _ body: @Sendable (Desk) async throws -> Result
    ) async throws -> Result {
        let store: any Store = if let store { store } else { try SQLiteStore.inMemory() }
        return try await withSite { router in
            standIn.routes(on: router)
        } _: { url in
            var configuration = SlackClient.Configuration()
            configuration.baseURL = "\(url)/slack/api"
            configuration.token = Desk.token
            configuration.timeout = timeout
            let slack = SlackClient(configuration)
            let settings = ChannelSettings(store: store)
            let records = ProofRecords(store: store)
            let arrivals = ProofArrivals()
            let metrics = AlertingMetrics()
            var logger = Logger(label: "alerting")
            logger.logLevel = .critical
            let outcome: Swift.Result<Result, any Error>
            do {
                let dispatcher = try await Dispatcher(
                    store: store, router: AlertRouter(settings: settings, owners: owners, proofs: records), slack: slack,
                    links: AlertLinks(console: "http://console.test"), template: template, policy: policy, proofs: arrivals, metrics: metrics,
                    logger: logger)
                let desk = Desk(
                    store: store, owners: owners, standIn: standIn, dispatcher: dispatcher, metrics: metrics, settings: settings, records: records,
                    arrivals: arrivals, url: url)
                outcome = .success(
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { try await dispatcher.run() }
                        defer { group.cancelAll() }
                        return try await body(desk)
                    })
            } catch { outcome = .failure(error) }
            try await slack.shutdown()
            return try outcome.get()
        }
    }

    func messages(_ channel: String) async -> [SlackStandIn.Message] { await standIn.channel(channel)?.messages ?? [] }

    func posted(_ channel: String) async -> [SlackStandIn.Message] { await messages(channel).filter { $0.threadTS == nil } }

    /// Everything that a reader of the channel can see.
    func words(_ channel: String) async -> String { await messages(channel).map(\.words).joined(separator: "\n") }
}

/// A server with routes of the test's own for the length of `body`, which is given its address.
func withSite<Result: Sendable>(
    _ routes: (Router<BasicRequestContext>) -> Void, _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    let router = Router()
    routes(router)
    var logger = Logger(label: "site")
    logger.logLevel = .critical
    let (ports, announce) = AsyncStream<Int>.makeStream()
    let application = Application(
        router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { announce.yield($0.localAddress?.port ?? 0) }, logger: logger)
    var configuration = ServiceGroupConfiguration(services: [.init(service: application)], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(10)
    let services = ServiceGroup(configuration: configuration)
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

/// An alert of `app`, fired at a second of a day in the past.
func alert(
    _ name: String = "AppDown", app: String? = "recipes", _ status: Alert.Status = .firing, second: Int = 0, labels: [String: String] = [:],
    annotations: [String: String]? = nil
) -> Alert {
    let start = Date(timeIntervalSince1970: 1_790_000_000 + Double(second))
    var all = labels.merging(["alertname": name, "severity": "page", "team": "kitchen"]) { given, _ in given }
    all["app"] = app
    return Alert(
        status: status, labels: all,
        annotations: annotations ?? ["summary": "\(name) of \(app ?? "nobody")", "runbook_url": "http://runbooks.test/\(name)"],
        startsAt: start, endsAt: status == .resolved ? start + 2 : nil, generatorURL: "http://prometheus.test/graph?g0.expr=up")
}

func webhook(_ group: String, _ alerts: Alert...) -> Webhook { Webhook(groupKey: group, alerts: alerts) }
