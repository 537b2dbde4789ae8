import Definitions
import Foundation
import HTTPTypes
import Objectives
import ServiceModel

/// Corrections of a budget: times whose failures do not count, such as announced maintenance. Who enters one approves it.
struct CorrectionEndpoints: Sendable {
    let board: StandingBoard
    let ledger: ObjectiveLedger

    private static let page = "/apps/{app}/objectives/{name}"

    var endpoints: [Endpoint] {
        [
            .action(
                Self.page + "/corrections", api: .post, "/api" + Self.page + "/corrections", form: Self.page,
                "Approve a correction of a budget", permission: .operate,
                body: [
                    .init(name: "start", about: "When it began, as in 2026-11-26T02:00, in the objective's time zone", isRequired: true),
                    .init(name: "end", about: "When it was over; 7 days later at most", isRequired: true),
                    .init(name: "reason", about: "Why these failures do not count", isRequired: true),
                    .init(name: "requested_by", about: "Who asked for it: somebody else than who approves", isRequired: true),
                    .init(name: "by", about: "Who approves, where the caller is a program"),
                ], returns: ObjectiveSchemas.correction
            ) { visit in try await correct(visit) }.with { $0.successes = [201] }
        ]
    }

    static func json(_ correction: Correction) -> JSON {
        [
            "id": .string(correction.id), "start": .string(TimeText.machine(correction.start)), "end": .string(TimeText.machine(correction.end)),
            "reason": .string(correction.reason), "requested_by": .string(correction.requestedBy),
            "approved_by": .string(correction.approvedBy), "at": .string(TimeText.machine(correction.at)),
        ]
    }

    private func correct(_ visit: Visit) async throws -> Answer {
        let standing = try await ObjectivePages.standing(visit, board)
        if case .composite = standing.objective.indicator {
            throw ConsoleError.invalid("start", "\(standing.objective.name) is made of other objectives: correct those")
        }
        let zone = standing.objective.timeZone
        let (start, end) = (try Self.time("start", visit, zone), try Self.time("end", visit, zone))
        let reason = try visit.text("reason")
        let requester = try visit.text("requested_by", upTo: 100)
        guard start < end else { throw ConsoleError.invalid("end", "it ends after it starts") }
        let correction: Correction
        do {
            correction = try Correction(
                id: String(UUID().uuidString.lowercased().prefix(8)), start: start, end: end, reason: reason, requestedBy: requester,
                approvedBy: visit.actor, at: Date())
        } catch {
            throw ConsoleError.invalid(requester == visit.actor ? "requested_by" : "end", error.description)
        }
        try await ledger.book(correction, app: standing.app, objective: standing.objective.name)
        // it is on the books; how much it takes back is read as soon as Prometheus answers
        await board.refresh(only: standing.app)
        let path = "/apps/\(standing.app.percentEncoded)/objectives/\(standing.objective.name.percentEncoded)"
        return .done(
            Self.json(correction), see: path + "?done=slo_corrected#corrections", status: .created,
            change: .init(after: Self.json(correction), reason: reason))
    }

    /// RFC 3339, or a local time of the objective's zone as forms write it.
    private static func time(_ name: String, _ visit: Visit, _ zone: String) throws -> Date {
        let text = try visit.text(name, upTo: 40)
        if let date = TimeText.parse(text) { return date }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        if let match = text.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(:\d\d)?/) {
            let parts = DateComponents(
                year: Int(match.1), month: Int(match.2), day: Int(match.3), hour: Int(match.4), minute: Int(match.5))
            if let date = calendar.date(from: parts), calendar.dateComponents([.month, .day], from: date).day == parts.day { return date }
        }
        throw ConsoleError.invalid(name, "\(name) is a time such as 2026-11-26T02:00, not \(text.prefix(40))")
    }
}
