public import Foundation

/// What a budget was spent on, line by line; the lines add up to the total exactly.
public struct Statement: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An alert of the app was firing.
        case incident
        /// A release had just been made.
        case release
        /// Neither.
        case unexplained
        /// Taken back: approved maintenance. Negative.
        case correction
    }

    /// Something that failures can be put down to.
    public struct Cause: Sendable, Hashable {
        public let kind: Kind
        public let id: String
        public let title: String
        public let link: String?
        public let start: Date
        public let end: Date

        public init(kind: Kind, id: String, title: String, link: String? = nil, start: Date, end: Date) {
            self.kind = kind
            self.id = id
            self.title = title
            self.link = link
            self.start = start
            self.end = end
        }
    }

    public struct Line: Sendable, Hashable {
        public let kind: Kind
        /// Of the cause; empty for what is unexplained.
        public let id: String
        public let title: String
        public let link: String?
        public let start: Date?
        /// Failures; of a correction negative.
        public let events: Int
        /// The same in hundredths of a minute of the budget.
        public let centiminutes: Int

        public var minutes: Double { Double(centiminutes) / 100 }
    }

    public let lines: [Line]

    public var events: Int { lines.reduce(0) { $0 + $1.events } }
    public var centiminutes: Int { lines.reduce(0) { $0 + $1.centiminutes } }

    /// Each slice's failures go to the incident that was open then, else to the newest release before it whose time is not over, else to nobody.
    ///
    /// - Parameters:
    ///   - failures: by slice; what they lack to `budget.bad` is unexplained.
    ///   - causes: incidents and releases. A release's end is when what fails is not put down to it any more.
    ///   - corrections: what was taken back.
    public init(_ budget: Budget, failures: [TimedFailures], causes: [Cause], corrections: [Correction] = []) {
        let incidents = causes.filter { $0.kind == .incident }.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        let releases = causes.filter { $0.kind == .release }.sorted { ($0.start, $0.id) > ($1.start, $1.id) }
        var events: [Cause: Int] = [:]
        var rest = budget.bad
        for slice in failures {
            let part = min(slice.bad, rest)  // the entries' sum is the truth
            let end = slice.start + Slice.length
            let cause =
                incidents.first { $0.start < end && $0.end > slice.start } ?? releases.first { $0.start < end && $0.end > slice.start }
            guard let cause, part > 0 else { continue }
            events[cause, default: 0] += part
            rest -= part
        }
        var debits: [(Cause?, Int)] = events.sorted { ($0.key.start, $0.key.id) < ($1.key.start, $1.key.id) }.map { ($0.key, $0.value) }
        if rest > 0 { debits.append((nil, rest)) }
        // minutes are shared out of the whole, so that rounding loses none
        let scale = budget.bad > 0 && budget.spent > 0 ? budget.spentMinutes / Double(budget.spent) : budget.grossMinutesPerEvent
        let spent = Int((scale * Double(budget.spent) * 100).rounded())
        let gross = Int((scale * Double(budget.bad) * 100).rounded())
        let debitMinutes = LargestRemainder.shares(of: gross, by: debits.map { Double($0.1) })
        var lines = zip(debits, debitMinutes).map { debit, minutes in
            Line(
                kind: debit.0?.kind ?? .unexplained, id: debit.0?.id ?? "", title: debit.0?.title ?? "no incident, no release", link: debit.0?.link,
                start: debit.0?.start, events: debit.1, centiminutes: minutes)
        }
        let credits = Correction.shares(of: budget.credited, among: corrections, failures: failures)
        let creditMinutes = LargestRemainder.shares(of: gross - spent, by: credits.map { Double($0.1) })
        lines += zip(credits, creditMinutes).map { credit, minutes in
            Line(
                kind: .correction, id: credit.0.id, title: "\(credit.0.reason) (approved by \(credit.0.approvedBy))", link: nil,
                start: credit.0.start,
                events: -credit.1, centiminutes: -minutes)
        }
        self.lines = lines
    }
}

extension Budget {
    /// The minutes that one failure stands for.
    fileprivate var grossMinutesPerEvent: Double {
        if countsMinutes { return 1 }
        return total > 0 ? averagedMinutes / Double(total) : 0
    }
}
