import Definitions
import Foundation
import Logging
import Objectives
import ServiceLifecycle

/// How all objectives stood when they were read last.
struct Board: Sendable {
    /// The least budget first; those of which nobody can say come last.
    var standings: [Standing] = []
    var byApp: [String: [Standing]] = [:]
    var teams: [String] = []
    /// When all of them had been read last.
    var readAt: Date?
    /// What kept the last round from it.
    var problem: String?

    /// The objective of an app with the least budget left.
    func worst(of app: String) -> Standing? { byApp[app]?.min(by: Board.isWorse) }

    static func isWorse(_ left: Standing, _ right: Standing) -> Bool {
        let places = [left, right].map { ($0.budget.remaining ?? .infinity, $0.app, $0.objective.name) }
        return places[0] < places[1]
    }
}

/// Keeps in memory how all objectives stand, so that no page waits for Prometheus.
actor StandingBoard: Service {
    /// Nil where no Prometheus is known.
    private let books: ObjectiveBooks?
    private let catalog: LiveCatalog
    private let hub: EventHub
    private let interval: Duration
    private let logger: Logger
    private(set) var board = Board()
    private var fingerprint: [String] = []

    private static let patience: Duration = .seconds(3)
    /// Nothing has been read yet.
    private var isWaiting: Bool { books != nil && board.readAt == nil }

    /// Apps that are read at the same time.
    private static let width = 4

    init(
        books: ObjectiveBooks?, catalog: LiveCatalog, hub: EventHub, interval: Duration = .seconds(30), logger: Logger
    ) {
        self.books = books
        self.catalog = catalog
        self.hub = hub
        self.interval = interval
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let start = ContinuousClock.now
                await self.refresh()
                // Prometheus has other work: a round takes at most a quarter of the time. One that is only starting is asked again soon.
                let pause = await self.isWaiting ? Self.patience : self.interval
                try? await Task.sleep(for: max(pause, (ContinuousClock.now - start) * 3))
            }
        }
    }

    /// Reads all objectives, or those of one app.
    func refresh(only app: String? = nil) async {
        let apps = await catalog.catalog.apps.values.filter { !$0.objectives.isEmpty }.sorted { $0.name < $1.name }
        var byApp = board.byApp.filter { name, _ in apps.contains { $0.name == name } }
        for app in apps where byApp[app.name]?.map(\.objective) != app.objectives { byApp[app.name] = Self.unread(app) }
        await show(byApp)
        guard let books else { return }
        let width = Self.width
        var failure: String?
        let found = await withTaskGroup(of: (String, Result<[Standing], any Error>).self) { group in
            var found: [(String, Result<[Standing], any Error>)] = []
            for (index, next) in apps.filter({ app == nil || $0.name == app }).enumerated() where !Task.isCancelled {
                if index >= width, let one = await group.next() { found.append(one) }
                group.addTask {
                    do { return (next.name, .success(try await books.standings(next))) } catch { return (next.name, .failure(error)) }
                }
            }
            for await one in group { found.append(one) }
            return found
        }
        var known = board.byApp  // another round may have ended meanwhile
        for (name, result) in found {
            switch result {
            case .success(let standings): known[name] = standings
            case .failure(let error): failure = failure ?? "\(name): \(error)"
            }
        }
        guard !Task.isCancelled else { return }
        if let failure, board.problem == nil { logger.info("objectives cannot be read", metadata: ["error": "\(failure)"]) }
        board.problem = failure
        if failure == nil, app == nil { board.readAt = Date() }
        await show(known)
    }

    private func show(_ byApp: [String: [Standing]]) async {
        board.byApp = byApp
        board.standings = byApp.values.flatMap(\.self).sorted(by: Board.isWorse)
        board.teams = Set(board.standings.compactMap(\.team)).sorted()
        let seen = board.standings.map { standing in
            let figures = Figures(standing)
            return "\(standing.app)/\(standing.objective.name) \(standing.state) \(figures.remaining) \(figures.minutes)"
        }
        guard seen != fingerprint else { return }
        fingerprint = seen
        await hub.publish(["objectives"])
    }

    /// Objectives of which nothing is known yet.
    private static func unread(_ app: Catalog.App) -> [Standing] {
        app.objectives.map { objective in
            let budget = Budget(objective, entries: [], now: Date())
            return Standing(
                app: app.name, team: app.team, objective: objective, budget: budget, statement: Statement(budget, failures: [], causes: []))
        }
    }
}
