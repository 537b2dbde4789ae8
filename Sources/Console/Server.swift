import Alerting
import Definitions
public import Deployments
import Hummingbird
public import Logging
import Monitoring
public import ServiceLifecycle
import ServiceModel
import Store

/// The long-running process: it tells Prometheus what to scrape, takes in alerts, and tells the teams.
public struct Server: Sendable {
    /// All that has to run, in the order in which it starts.
    public let services: [any Service]
    /// Signs one browser in, once, within a quarter of an hour; nil where people sign in at a provider.
    public let signInLink: String?
    /// Every page and every call, for the OpenAPI document and the tests of rights.
    let endpoints: [Endpoint]
    let identity: Identity
    /// Where programs in this process write releases down.
    public let releases: any ReleaseLog

    /// Puts the server together. Nothing runs yet.
    ///
    /// - Throws: `StoreError` when the store cannot be opened or read; file errors of the token.
    public init(_ settings: ServerSettings, token: AccessToken, logger: Logger) async throws {
        let organization = await settings.catalog.catalog.organization
        // What people are sent to, which is another address behind a proxy.
        let address = organization.signIn?.url ?? settings.url
        let store = try SQLiteStore(path: "\(settings.directory)/server.sqlite")
        let audit = AuditLog(store: store, logger: logger)
        identity = Identity(
            store: store, token: token, organization: organization, settings: settings, audit: audit, logger: logger)
        let channels = ChannelSettings(store: store)
        let records = ProofRecords(store: store)
        let arrivals = ProofArrivals()
        let metrics = AlertingMetrics()
        let (slack, standIn) = Self.slack(settings)
        let client = SlackClient(slack)
        let alertmanager = AlertmanagerClient(url: settings.alertmanager)
        // The dispatcher asks it while a channel waits.
        let quick = AlertmanagerClient(url: settings.alertmanager, timeout: .seconds(2))
        let router = AlertRouter(settings: channels, owners: CatalogOwners(catalog: settings.catalog), proofs: records)
        let dispatcher = try await Dispatcher(
            store: store, router: router, slack: client, links: AlertLinks(console: address), proofs: arrivals,
            hearingTimes: { await quick.hearingTimes($0) }, metrics: metrics, logger: logger)
        let proof = ChannelProof(settings: channels, records: records, arrivals: arrivals, alertmanager: alertmanager)
        var targets = TargetRefresher.Settings(clusters: settings.clusters)
        targets.interval = settings.refreshInterval
        if settings.callsAreLimited { targets.pace = CallPace(rate: 10, burst: 20) }
        let refresher = TargetRefresher(targets, catalog: { await settings.catalog.catalog }, logger: logger)
        let troubles = ChannelTroubles(store: store)
        let thresholds = ThresholdSettings(store: store)

        let watchdog = Watchdog()
        let certificates = CertificateWatch(
            catalog: { await settings.catalog.catalog }, environment: settings.clusters.first?.environment ?? "", logger: logger)
        let hub = EventHub()
        let routes = Router(context: ConsoleContext.self)
        watchdog.add(to: routes, token: token.bearer)
        let readable = routes.group().add(middleware: ReaderGate(gatekeeper: identity.gatekeeper))
        routes.get("/healthz") { _, _ in "ok\n" }
        AlertReceiver(dispatcher: dispatcher, token: token.bearer, metrics: metrics, logger: logger).routes(on: routes)
        PrometheusRoutes(
            refresher: refresher, catalog: settings.catalog, library: settings.library, thresholds: thresholds, alerting: metrics, watchdog: watchdog,
            certificates: certificates, hub: hub
        ).add(to: readable)
        standIn?.routes(on: readable)
        let assets = Assets()
        let charts = settings.prometheus.map { ChartReader(url: $0) }
        let notices = ChannelNotices(store: store, router: router, slack: client, logger: logger)
        signInLink = organization.signIn == nil ? "\(address)/login/link?code=\(try await identity.sessions.makeLink())" : nil
        let desk = ReleaseDesk(book: ReleaseBook(store: store), hub: hub, catalog: settings.catalog, clusters: settings.clusters)
        releases = desk
        let observer = ReleaseObserver(desk: desk, store: store, logger: logger)
        let chartsPage = ChartsPage(reader: charts, marks: desk.marks)
        let fleet = Fleet(
            clusters: settings.clusters, catalog: settings.catalog, firing: { await dispatcher.firingCounts }, hub: hub,
            interval: settings.fleetInterval, pace: settings.callsAreLimited ? CallPace(rate: 5, burst: 10) : nil, logger: logger,
            observe: { await observer.look($0) })
        let rollbacks = RollbackRunner(
            desk: desk, clusters: settings.clusters, polling: settings.callsAreLimited ? .aws : .local, logger: logger)
        let channel = ChannelEndpoints(channels: channels, troubles: troubles, proof: proof, router: router)
        let objectives = ObjectivesPart(
            store: store, settings: settings, slack: client, notices: notices, desk: desk, hub: hub, address: address, logger: logger)
        let terraform = try TerraformPart(
            store: store, directory: settings.directory, catalog: settings.catalog, notices: notices, board: objectives.board, hub: hub,
            address: address, logger: logger)
        let pages = AppPages(fleet: fleet, channel: channel, dispatcher: dispatcher, releases: desk, objectives: objectives.board)
        let settingsPage = SettingsPage(
            channel: channel,
            thresholds: ThresholdEndpoints(catalog: settings.catalog, settings: thresholds))
        let teams = TeamPages(catalog: settings.catalog, health: pages.health)
        let status = StatusPage(
            catalog: settings.catalog, refresher: refresher, dispatcher: dispatcher, troubles: troubles, watchdog: watchdog, settings: settings)
        let silences = SilenceEndpoints(alertmanager: alertmanager, catalog: settings.catalog, library: settings.library)
        let simulation = AlertSimulation(router: router, links: AlertLinks(console: address), silences: { try await alertmanager.silences() })
        let described = [
            [assets.endpoint, Preferences.endpoint, EventStream(hub: hub).endpoint], pages.endpoints, TaskPages(fleet: fleet).endpoints,
            chartsPage.endpoints, settingsPage.endpoints, teams.endpoints,
            status.endpoints,
            identity.endpoints, silences.endpoints,
            ReleaseEndpoints(desk: desk).endpoints, ReleasePages(desk: desk, fleet: fleet).endpoints,
            RollbackPages(desk: desk, fleet: fleet, runner: rollbacks).endpoints,
            EventPages(desk: desk, alerts: AlertLedger(store: store), catalog: settings.catalog).endpoints,
            AlertLog(ledger: AlertLedger(store: store), dispatcher: dispatcher, silences: silences, simulation: simulation).endpoints,
            AuditEndpoints(reader: AuditReader(store: store), catalog: settings.catalog).endpoints, ProblemPages.endpoints,
            objectives.endpoints, terraform.endpoints,
        ].flatMap { $0 }
        endpoints = described + [OpenAPI(endpoints: described, mayAnonymousRead: organization.signIn == nil).endpoint]
        try Front(
            endpoints: endpoints, gatekeeper: identity.gatekeeper,
            audit: SettingReleases(desk: desk, next: audit, logger: logger), catalog: settings.catalog,
            renderer: Renderer(templates: Templates.all, assets: assets), logger: logger,
            repeats: Repeats(store: store), hub: hub
        ).add(to: routes)
        let bounds = ConnectionBounds()
        let front = Application(
            router: routes, server: bounds.server,
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: "jubako",
                availableConnectionsDelegate: .maximum(bounds.mostConnections, logger: logger)), logger: logger)
        let own: [any Service] = [
            Connections(slack: client, alertmanagers: [alertmanager, quick]), audit, dispatcher, refresher, certificates, hub, fleet, rollbacks,
            NightlyProof(proof: proof, settings: channels, troubles: troubles, logger: logger), notices, front,
        ]
        let charting: [any Service] = charts.map { [$0] } ?? []
        services = own + objectives.services + terraform.services + charting + identity.services
    }

    /// How Slack is reached, and the stand-in where there is no token for it.
    private static func slack(_ settings: ServerSettings) -> (SlackClient.Configuration, SlackStandIn?) {
        var slack = SlackClient.Configuration()
        switch settings.slack {
        case .token(let token, let api):
            slack.token = token
            slack.baseURL = api
            return (slack, nil)
        case .standIn:
            slack.baseURL = "\(settings.url)/slack/api"
            slack.token = "stand-in"
            return (slack, SlackStandIn())
        }
    }

    /// Owns the connections to the outside; they are closed after all others have ended.
    private struct Connections: Service {
        let slack: SlackClient
        let alertmanagers: [AlertmanagerClient]

        func run() async throws {
            try? await gracefulShutdown()
            try? await slack.shutdown()
            for client in alertmanagers { try? await client.shutdown() }
        }
    }
}
