import Alerting
import Definitions
import Foundation
import HTTPTypes
import Logging
import Objectives
import ServiceLifecycle
import ServiceModel
import Store

/// A short letter to each team's channel, once a month: how its objectives were kept.
///
/// Items: partition `objectives/letters`, sort key the month and the team: what has been sent.
struct ObjectiveLetter: Service {
    let report: ObjectiveReport
    let post: LetterPost
    let catalog: LiveCatalog
    let store: any Store
    /// The server's own address, for links.
    let console: String
    let logger: Logger

    private static let partition = "objectives/letters"
    /// A server that was away sends it until then; later it is no news any more.
    private static let lastDay = 5
    /// Objectives in a letter.
    private static let most = 20

    /// What became of a team's letter.
    private struct Sent {
        let team: String
        let channel: String?
        let problem: String?

        var json: JSON { .compact(["team": .string(team), "channel": JSON(channel), "problem": JSON(problem), "sent": .bool(problem == nil)]) }
    }

    var endpoints: [Endpoint] {
        [
            .api(
                .post, "/api/objectives/letter", "Send the letters of a month's objectives now", permission: .operate,
                body: [
                    .init(name: "month", about: "As in 2026-11; this month without it"), .init(name: "team", about: "To one team"),
                    .init(name: "by", about: "Who, where the caller is a program"),
                ],
                returns: Schema.object([
                    "month": Schema.text,
                    "letters": Schema.list(
                        Schema.object(["team": Schema.text, "channel?": Schema.text, "sent": Schema.bool, "problem?": Schema.text])),
                ])
            ) { visit in
                let text = visit.input["month"].string ?? Month(of: Date()).text
                guard let month = Month(text) else { throw ConsoleError.invalid("month", "month is one such as 2026-11, not \(text.prefix(40))") }
                let team = visit.input["team"].string
                if let team, await teams().contains(team) == false {
                    throw ConsoleError.invalid("team", "no app of \(team.prefix(100)) has an objective")
                }
                let sent = try await send(month, to: team.map { [$0] }, again: true)
                let answer: JSON = ["month": .string(month.text), "letters": .array(sent.map(\.json))]
                return .done(answer, see: "/objectives", change: .init(after: answer))
            }
        ]
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // the last day of a month is on the books some minutes after it is over
                try? await Task.sleep(for: .seconds(3_600))
                let day = Calendar(identifier: .gregorian).component(.day, from: Date())
                guard day <= Self.lastDay, !Task.isCancelled else { continue }
                do { _ = try await send(Month(of: Date()).previous, to: nil, again: false) } catch {
                    logger.warning("the letters of objectives are not sent yet", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    private func teams() async -> [String] {
        Set(await catalog.catalog.apps.values.filter { !$0.objectives.isEmpty }.compactMap(\.team)).sorted()
    }

    /// - Parameter again: also to those who have theirs.
    private func send(_ month: Month, to teams: [String]?, again: Bool) async throws -> [Sent] {
        var sent: [Sent] = []
        let names: [String] = if let teams { teams } else { await self.teams() }
        for team in names {
            let key = StoreKey(partition: Self.partition, sort: "\(month.text)/\(team)")
            if !again, try await store.get(key) != nil { continue }
            let standings = try await report.standings(of: month, team: team)
            let letter = try await send(standings, of: month, to: team)
            sent.append(letter)
            guard letter.problem == nil else {
                logger.warning("a letter of objectives was not taken", metadata: ["team": "\(team)", "error": "\(letter.problem ?? "")"])
                continue
            }
            // a letter in the middle of a month is not yet that of the month
            guard month.end(in: "UTC") <= Date() else { continue }
            let body: JSON = ["at": .string(TimeText.machine(Date()))]
            try await store.write([.put(key, body: body.bytes, condition: .none, expiry: Date() + 400 * 86_400)])
        }
        return sent
    }

    private func send(_ standings: [Standing], of month: Month, to team: String) async throws -> Sent {
        let organization = await catalog.catalog.organization
        guard let channel = organization.teams[team]?.channel ?? organization.sreChannel else {
            return Sent(team: team, channel: nil, problem: "the team has no channel, and there is none of the SREs: write one into jubako.yml")
        }
        var lines = standings.sorted(by: Board.isWorse).prefix(Self.most).map { standing in
            let figures = Figures(standing)
            let state = standing.state.rawValue.replacing("_", with: " ")
            return LetterPost.Line(
                words: standing.objective.summary ?? "\(standing.app) \(standing.objective.name)",
                link: "\(console)/apps/\(standing.app)/objectives/\(standing.objective.name)?as=biz",
                rest: "\(state), \(figures.achieved) of \(figures.target) kept, \(figures.remaining) of the budget left (\(figures.minutes) spent)")
        }
        let all = "\(console)/objectives/report?month=\(month.text)&team=\(team.percentEncoded)"
        lines.append(.init(words: "The report", link: all, rest: "all figures"))
        do {
            try await post.post(title: "Objectives of \(team), \(month.text)", lines, to: channel)
            return Sent(team: team, channel: channel, problem: nil)
        } catch let error as SlackError {
            return Sent(team: team, channel: channel, problem: error.description)
        }
    }
}
