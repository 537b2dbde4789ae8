import Definitions
import Foundation
import HTTPTypes
import Objectives
import ServiceModel

/// `/objectives` and the objectives of an app: what is promised, what is left of it, and what it was spent on.
struct ObjectivePages: Sendable {
    let board: StandingBoard
    let ledger: ObjectiveLedger
    /// Nil where no Prometheus is known.
    let books: ObjectiveBooks?
    private let windows = SharedReadings<[BurnWindow]>(age: .seconds(10))

    init(board: StandingBoard, ledger: ObjectiveLedger, books: ObjectiveBooks?) {
        self.board = board
        self.ledger = ledger
        self.books = books
    }

    /// Objectives on a page.
    private static let perPage = 50
    private static let states: [Standing.State] = [.exhausted, .atRisk, .healthy, .unknown]

    var endpoints: [Endpoint] {
        [
            .page(
                "/objectives", template: "objectives", title: "objectives", "List objectives, those with the least budget left first",
                query: [
                    .init(name: "q", about: "A part of the app's or of the objective's name"), .init(name: "team", about: "The owner"),
                    .init(
                        name: "state", about: "exhausted, at_risk, healthy or unknown", schema: ["enum": JSON([""] + Self.states.map(\.rawValue))]),
                    .init(name: "page", about: "From 1", schema: ["type": "integer", "minimum": 1, "maximum": 10_000]),
                ], returns: ObjectiveSchemas.list
            ) { visit in .show(try await list(visit)) },
            .page(
                "/apps/{app}/objectives", template: "app-objectives", title: "objectives", "Read how an app's objectives stand",
                returns: ObjectiveSchemas.ofApp
            ) { visit in
                let app = try visit.requireApp().name
                let board = await board.board
                var answer: JSON = ["app": .string(app), "read_at": JSON(board.readAt.map(TimeText.machine)), "problem": JSON(board.problem)]
                answer["objectives"] = .array(
                    (board.byApp[app] ?? []).map { standing in
                        var json = standing.json
                        json["shown"] = StandingView(standing).row
                        return json
                    })
                return .show(answer)
            },
            .page(
                "/apps/{app}/objectives/{name}", template: "objective", title: "objective",
                "Read one objective: what is left, and what it was spent on",
                query: [
                    .init(name: "as", about: "For whom: biz, dev or sre", schema: ["enum": JSON(StandingView.Reader.allCases.map(\.rawValue))])
                ], returns: ObjectiveSchemas.one
            ) { visit in .show(try await one(visit)) },
        ]
    }

    private func list(_ visit: Visit) async throws -> JSON {
        let part = (visit.query["q"] ?? "").lowercased()
        let team = visit.query["team"] ?? ""
        let state = visit.query["state"].flatMap { $0.isEmpty ? nil : $0 }
        guard state == nil || Self.states.contains(where: { $0.rawValue == state }) else {
            throw ConsoleError(status: .badRequest, detail: "state is one of \(Self.states.map(\.rawValue).joined(separator: ", "))")
        }
        let page = try visit.number("page", default: 1, in: 1...10_000)
        let board = await board.board
        let found = board.standings.filter { standing in
            (team.isEmpty || standing.team == team) && (state == nil || standing.state.rawValue == state)
                && (part.isEmpty || standing.app.lowercased().contains(part) || standing.objective.name.lowercased().contains(part))
        }
        func link(_ page: Int) -> JSON {
            let kept = ["q", "team", "state"].compactMap { name in
                visit.query[name].flatMap { $0.isEmpty ? nil : "&\(name)=\($0.percentEncoded)" }
            }
            return .string("?page=\(page)" + kept.joined())
        }
        return [
            "q": .string(visit.query["q"] ?? ""), "team": .string(team), "total": .integer(found.count), "page": .integer(page),
            "objectives": .array(found.dropFirst((page - 1) * Self.perPage).prefix(Self.perPage).map { StandingView($0).row }),
            "states": .array(
                Self.states.map {
                    ["state": .string($0.rawValue), "word": .string("slo_\($0.rawValue)"), "is_chosen": .bool($0.rawValue == state)]
                }), "teams": JSON(Array(board.teams.prefix(200))), "read_at": JSON(board.readAt.map(TimeText.machine)),
            "problem": JSON(board.problem), "next": page * Self.perPage < found.count ? link(page + 1) : .null,
            "previous": page > 1 ? link(page - 1) : .null,
        ]
    }

    /// The standing that a path names.
    ///
    /// - Throws: a 404 with the nearest name.
    static func standing(_ visit: Visit, _ board: StandingBoard) async throws -> Standing {
        let app = try visit.requireApp().name
        let name = visit.parameters["name"] ?? ""
        let standings = await board.board.byApp[app] ?? []
        guard let standing = standings.first(where: { $0.objective.name == name }) else {
            let hint = Naming.nearest(to: name, among: standings.map(\.objective.name)).map { ", did you mean \($0)?" } ?? ""
            throw ConsoleError.notFound("\(app) has no objective \(name.prefix(100))\(hint)")
        }
        return standing
    }

    private func one(_ visit: Visit) async throws -> JSON {
        let standing = try await Self.standing(visit, board)
        guard let reader = StandingView.Reader(rawValue: visit.query["as"] ?? "dev") else {
            throw ConsoleError(status: .badRequest, detail: "as is one of \(StandingView.Reader.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let (app, name, period) = (standing.app, standing.objective.name, standing.budget.period)
        let view = StandingView(standing)
        let corrections = try await ledger.corrections(app: app, objective: name, in: period)
        let state = await board.board
        var answer: JSON = [
            "app": .string(app), "name": .string(name), "objective": standing.json, "shown": view.row, "as": .string(reader.rawValue),
            "is_sre": .bool(reader == .sre), "statement": view.statement, "said": view.voice(reader),
            "readers": .array(
                StandingView.Reader.allCases.map {
                    ["as": .string($0.rawValue), "word": .string("slo_as_\($0.rawValue)"), "is_chosen": .bool($0 == reader)]
                }), "corrections": .array(corrections.map(CorrectionEndpoints.json)),
            "read_at": JSON(state.readAt.map(TimeText.machine)), "problem": JSON(state.problem),
            "versions": .array(
                try await ledger.versions(app: app, objective: name).suffix(20).reversed().map {
                    ["at": .string(TimeText.machine($0.since)), "digest": .string($0.digest), "summary": .string($0.summary)]
                }), "definition": .string("\(standing.objective.file):\(standing.objective.line)"), "zone": .string(period.timeZone),
            "done": visit.query["done"] == "slo_corrected" ? "slo_corrected" : .null,
        ]
        let entries = try await ledger.entries(app: app, objective: name, in: period)
        answer["chart"] = BudgetLine.chart(standing, entries: entries, corrections: corrections) ?? .null
        if reader == .sre { try await addBurns(to: &answer, standing) }
        return answer
    }

    private func addBurns(to answer: inout JSON, _ standing: Standing) async throws {
        if let measurement = Measurement(standing.objective, app: standing.app) {
            answer["queries"] = [
                ["name": "slo_failures", "query": .string(measurement.bad)], ["name": "slo_all", "query": .string(measurement.total)],
            ]
        }
        guard let books else { return }
        do {
            let (app, objective) = (standing.app, standing.objective)
            let found = try await windows.value("\(app)/\(objective.name)") { try await books.burnWindows(objective, app: app) }
            answer["burns"] = .array(
                found.map { window in
                    [
                        "severity": .string(window.alert.severity.rawValue), "windows": .string("\(window.alert.text) / \(window.alert.shortText)"),
                        "threshold": .string("\(Figures.number(window.threshold * 100, 3)) %"),
                        "long": .string(Self.share(window.long)), "short": .string(Self.share(window.short)),
                        "verdict": .string(window.verdict.rawValue), "word": .string("slo_burn_\(window.verdict.rawValue)"),
                        "state": .string(Self.state(window.verdict)), "query": .string(window.query),
                    ]
                })
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            answer["burn_problem"] = .string("\(error)")
        }
    }

    private static func share(_ share: Double?) -> String { share.map { "\(Figures.number($0 * 100, 3)) %" } ?? "–" }

    private static func state(_ verdict: BurnWindow.Verdict) -> String {
        switch verdict {
        case .critical: "bad"
        case .recovering, .increasing: "warn"
        case .acceptable: "good"
        }
    }
}
