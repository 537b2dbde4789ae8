import Alerting
import Definitions
import Logging
import Objectives
import ServiceLifecycle
import Store

/// What the server has for objectives: their books and board, pages, report and letter, and the deploy gate.
struct ObjectivesPart: Sendable {
    let board: StandingBoard
    let endpoints: [Endpoint]
    let services: [any Service]

    /// - Parameters:
    ///   - settings: with the Prometheus that measures; without one nothing is known of any objective.
    ///   - desk: releases, to which failures are put down.
    ///   - address: where people reach this server.
    init(
        store: any Store, settings: ServerSettings, slack: SlackClient, notices: ChannelNotices, desk: ReleaseDesk, hub: EventHub, address: String,
        logger: Logger
    ) {
        let catalog = settings.catalog
        let books = settings.prometheus.map {
            ObjectiveBooks(store: store, prometheus: $0, catalog: catalog, console: settings.url, logger: logger)
        }
        let ledger = ObjectiveLedger(store: store)
        board = StandingBoard(books: books, catalog: catalog, hub: hub, logger: logger)
        let report = ObjectiveReport(board: board, books: books, catalog: catalog)
        let letter = ObjectiveLetter(
            report: report, post: LetterPost(slack: slack), catalog: catalog, store: store, console: address, logger: logger)
        let gate = GateEndpoints(
            gate: DeployGate(books: books, overrides: OverrideBook(store: store), desk: desk, catalog: catalog), notices: notices,
            catalog: catalog, url: address, logger: logger)
        endpoints =
            ObjectivePages(board: board, ledger: ledger, books: books).endpoints + CorrectionEndpoints(board: board, ledger: ledger).endpoints
            + report.endpoints + letter.endpoints + gate.endpoints
        services = [board, letter] + (books.map { [$0] } ?? [])
    }
}
