public import Foundation
import ServiceModel

/// A time whose failures do not count, such as maintenance that was announced: a credit in the book, with a reason and with somebody who approved.
public struct Correction: Sendable, Hashable {
    public let id: String
    public let start: Date
    public let end: Date
    public let reason: String
    public let requestedBy: String
    public let approvedBy: String
    public let at: Date

    /// - Throws: ``BookError`` when it is nothing that may be booked.
    public init(id: String, start: Date, end: Date, reason: String, requestedBy: String, approvedBy: String, at: Date) throws(BookError) {
        guard start < end else { throw BookError("a correction ends after it starts") }
        guard end.timeIntervalSince(start) <= 7 * 86_400 else { throw BookError("a correction is for at most 7 days: book several") }
        guard !reason.allSatisfy(\.isWhitespace), reason.count <= 500 else {
            throw BookError("a correction needs a reason of at most 500 characters")
        }
        guard !requestedBy.isEmpty, !approvedBy.isEmpty, requestedBy != approvedBy else {
            throw BookError("a correction is approved by somebody else than who asks for it")
        }
        self.id = id
        self.start = start
        self.end = end
        self.reason = reason
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
        self.at = at
    }

    /// The failures within the times of `corrections`, each counted once. A slice counts when it lies in the time with its start.
    public static func credit(_ corrections: [Correction], failures: [TimedFailures]) -> Int {
        failures.filter { failure in corrections.contains { $0.covers(failure.start) } }.reduce(0) { $0 + $1.bad }
    }

    /// What each correction takes back, at most `sum` together: a failure goes to the first that covers it.
    static func shares(of sum: Int, among corrections: [Correction], failures: [TimedFailures]) -> [(Correction, Int)] {
        var rest = sum
        var shares: [(Correction, Int)] = []
        var taken: Set<Date> = []
        for correction in corrections {
            let own = failures.filter { correction.covers($0.start) && taken.insert($0.start).inserted }.reduce(0) { $0 + $1.bad }
            let part = min(own, rest)
            if part > 0 { shares.append((correction, part)) }
            rest -= part
        }
        return shares
    }

    private func covers(_ time: Date) -> Bool { start <= time && time < end }
}

/// What may not be booked, and why.
public struct BookError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

extension Correction {
    init?(_ json: JSON) {
        guard let start = json["start"].double, let end = json["end"].double, let at = json["at"].double else { return nil }
        let correction = try? Correction(
            id: json["id"].string ?? "", start: Date(timeIntervalSince1970: start), end: Date(timeIntervalSince1970: end),
            reason: json["reason"].string ?? "", requestedBy: json["requested_by"].string ?? "", approvedBy: json["approved_by"].string ?? "",
            at: Date(timeIntervalSince1970: at))
        guard let correction else { return nil }
        self = correction
    }

    var json: JSON {
        [
            "id": .string(id), "start": .number(start.timeIntervalSince1970), "end": .number(end.timeIntervalSince1970), "reason": .string(reason),
            "requested_by": .string(requestedBy), "approved_by": .string(approvedBy), "at": .number(at.timeIntervalSince1970),
        ]
    }
}
