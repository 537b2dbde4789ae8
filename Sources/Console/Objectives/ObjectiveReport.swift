import Definitions
import Foundation
import HTTPTypes
import Objectives
import ServiceModel

/// `/objectives/report`: how the objectives of a month were kept, for the meeting in which that is talked about.
struct ObjectiveReport: Sendable {
    let board: StandingBoard
    let books: ObjectiveBooks?
    let catalog: LiveCatalog

    /// More than a sheet has room for.
    private static let most = 200

    var endpoints: [Endpoint] {
        [
            .page(
                "/objectives/report", template: "objective-report", title: "slo_report", "Read the report of a month",
                query: [
                    .init(name: "month", about: "As in 2026-11; this month without it"), .init(name: "team", about: "Of one team"),
                    .init(name: "app", about: "Of one app; repeatable", isRepeatable: true),
                    .init(name: "sheet", about: "true: the report as one page of HTML is added", schema: Schema.choice(["", "true", "false"])),
                ], returns: ObjectiveSchemas.report
            ) { visit in .show(try await report(visit)) }
        ]
    }

    private func report(_ visit: Visit) async throws -> JSON {
        let this = Month(of: Date())
        let text = visit.query["month"].flatMap { $0.isEmpty ? nil : $0 } ?? this.text
        guard let month = Month(text) else {
            throw ConsoleError(status: .badRequest, detail: "month is one such as 2026-11, not \(text.prefix(40))")
        }
        let team = visit.query["team"] ?? ""
        let apps = Set(visit.queries("app").filter { !$0.isEmpty })
        let found = try await standings(of: month, team: team.isEmpty ? nil : team, apps: apps.isEmpty ? nil : apps)
        let shown = Array(found.prefix(Self.most))
        var answer: JSON = [
            "month": .string(month.text), "team": .string(team), "teams": JSON(Array(await board.board.teams.prefix(200))),
            "previous": .string(month.previous.text), "is_cut": .bool(found.count > shown.count),
            "objectives": .array(
                shown.map { standing in
                    var json = standing.json
                    let view = StandingView(standing)
                    json["shown"] = view.row
                    json["account"] = view.statement
                    return json
                }),
        ]
        answer["next"] = month.text < this.text ? .string(month.next.text) : .null
        if visit.query["sheet"] == "true" { answer["sheet"] = .string(ReportPage.html(shown)) }
        return answer
    }

    /// Those of a month that is over are told from the books alone.
    func standings(of month: Month, team: String?, apps: Set<String>? = nil) async throws -> [Standing] {
        let wanted = await catalog.catalog.apps.values.filter {
            !$0.objectives.isEmpty && (team == nil || $0.team == team) && apps?.contains($0.name) != false
        }
        let now = Date()
        var standings: [Standing] = []
        if month.end(in: "UTC") > now || books == nil {
            let board = await board.board
            standings = wanted.flatMap { board.byApp[$0.name] ?? [] }
        } else if let books {
            for app in wanted.prefix(Self.most) { standings += try await books.standings(app, endOf: month) }
        }
        return standings.sorted { ($0.app, $0.objective.name) < ($1.app, $1.objective.name) }
    }
}
