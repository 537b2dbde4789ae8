import Alerting
import AsyncHTTPClient
import Definitions
import Deployments
import Foundation
import Logging
import Monitoring
import NIOCore
import Objectives
import ServiceLifecycle
import Store

/// The server's ledger of objectives: booked by itself, and asked by pages, by the API and by the deploy gate.
struct ObjectiveBooks: Service {
    let ledger: ObjectiveLedger
    let bookkeeper: Bookkeeper
    /// Of what is on the books, without asking Prometheus.
    private let archive: Bookkeeper
    private let source: PrometheusSeries
    private let client: HTTPClient
    private let booking: LedgerService

    /// - Parameters:
    ///   - prometheus: its address.
    ///   - console: the server's own address, for links.
    init(store: any Store, prometheus: String, catalog: LiveCatalog, console: String, logger: Logger) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(2), read: .seconds(60))
        client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
        ledger = ObjectiveLedger(store: store)
        let alerts = AlertLedger(store: store)
        let releases = ReleaseBook(store: store)
        source = PrometheusSeries(PrometheusAPI(client: client, url: prometheus, timeout: .seconds(60)))
        let causes: @Sendable (String, Period) async throws -> [Statement.Cause] = { app, period in
            try await Self.incidents(alerts, app, period, console) + Self.releases(releases, app, period, console)
        }
        bookkeeper = Bookkeeper(ledger: ledger, source: source, causes: causes)
        archive = Bookkeeper(ledger: ledger, source: NothingMeasured(), causes: causes)
        booking = LedgerService(bookkeeper: bookkeeper, catalog: catalog, logger: logger)
    }

    func run() async throws {
        try await booking.run()
        try? await client.shutdown()
    }

    /// How the objectives of an app stand now.
    ///
    /// - Parameter upToNow: to the second, instead of the last five minutes that are whole.
    func standings(_ app: Catalog.App, upToNow: Bool = false, now: Date = Date()) async throws -> [Standing] {
        try await bookkeeper.standings(app: app.name, team: app.team, objectives: app.objectives, upToNow: upToNow, now: now)
    }

    /// How the objectives of an app stood at the end of a month, each by its own midnights.
    ///
    /// - Parameter month: `2026-11`.
    func standings(_ app: Catalog.App, endOf month: Month) async throws -> [Standing] {
        var standings: [Standing] = []
        for (zone, objectives) in Dictionary(grouping: app.objectives, by: \.timeZone) {
            standings += try await archive.standings(app: app.name, team: app.team, objectives: objectives, now: month.end(in: zone) - 1)
        }
        return standings.sorted { $0.objective.name < $1.objective.name }
    }

    /// What the burn alerts of an objective see now.
    func burnWindows(_ objective: Objective, app: String) async throws -> [BurnWindow] {
        try await BurnWindow.read(objective, app: app, source: source, now: Date())
    }

    /// A past that nobody measures any more.
    private struct NothingMeasured: SeriesSource {
        func range(_ expression: String, start: Int, end: Int, step: Int) async throws -> [Int: Double] { [:] }
        func value(_ expression: String, at time: Int) async throws -> Double? { nil }
    }

    /// For how long after its start what fails is put down to a release.
    private static let blame: TimeInterval = 3_600

    /// The releases of an app that fell into the period, settings left out.
    private static func releases(_ book: ReleaseBook, _ app: String, _ period: Period, _ console: String) async throws -> [Statement.Cause] {
        var causes: [Statement.Cause] = []
        var cursor: String?
        repeat {
            let page = try await book.releases(of: app, before: cursor)
            for release in page.releases where release.kind != .setting && release.startedAt + blame > period.start {
                causes.append(
                    .init(
                        kind: .release, id: "\(release.number)", title: "\(release.kind.rawValue) \(release.number) (\(release.to ?? "unknown"))",
                        link: "\(console)/apps/\(app)/releases/\(release.number)", start: release.startedAt,
                        end: (release.endedAt ?? release.startedAt) + blame))
            }
            cursor = page.releases.last.map { $0.startedAt > period.start } == true ? page.next : nil
        } while cursor != nil
        return causes
    }

    /// The alerts of an app that fell into the period. Those of objectives are the effect, not the cause.
    private static func incidents(_ alerts: AlertLedger, _ app: String, _ period: Period, _ console: String) async throws -> [Statement.Cause] {
        var causes: [Statement.Cause] = []
        var cursor: String?
        repeat {
            let page = try await alerts.entries(of: app, before: cursor, limit: 500)
            for entry in page.entries where entry.labels["objective"] == nil && (entry.endedAt ?? period.end) > period.start {
                causes.append(
                    .init(
                        kind: .incident, id: "\(entry.fingerprint)/\(Int(entry.firedAt.timeIntervalSince1970))",
                        title: entry.labels["alertname"] ?? "an alert", link: "\(console)/apps/\(app)/alerts", start: entry.firedAt,
                        end: entry.endedAt ?? period.end))
            }
            cursor = page.next
        } while cursor != nil
        return causes
    }
}
