import Foundation
public import ServiceModel

/// What a drill showed: which alerts came, how soon, and who was told.
public struct DrillReport: Sendable {
    /// One alert that came while the fault was there.
    public struct Notice: Sendable, Hashable {
        public let alert: String
        /// Seconds from the start of the fault.
        public let firedAfter: Double
        public let toldAfter: Double?
        public let channel: String?

        var text: String {
            let told = toldAfter.map { ", \(channel ?? "somebody") was told after \(Self.seconds($0))" } ?? ", nobody has been told yet"
            return "\(alert) fired after \(Self.seconds(firedAfter))\(told)"
        }

        static func seconds(_ number: Double) -> String { "\((max(0, number) * 10).rounded() / 10) s" }
    }

    public let plan: Drill.Plan
    public let amount: Int
    /// A server was asked for alerts.
    public let isWatched: Bool
    public internal(set) var seconds = 0.0
    public internal(set) var isCutShort = false
    public internal(set) var killedTasks = 0
    /// In the order in which they fired.
    public private(set) var notices: [Notice] = []

    init(_ plan: Drill.Plan, amount: Int, isWatched: Bool) {
        self.plan = plan
        self.amount = amount
        self.isWatched = isWatched
    }

    /// An alert fired, and all that fired have been told.
    var isTold: Bool { !notices.isEmpty && notices.allSatisfy { $0.toldAfter != nil } }

    /// Takes what the server knows of the app's alerts.
    ///
    /// - Returns: what is new in it.
    mutating func take(_ ledger: JSON, since begin: Date) -> [Notice] {
        let found = ledger["alerts"].array.compactMap { entry -> Notice? in
            guard let name = entry["alertname"].string, entry["is_channel_test"].bool != true, let fired = ReleaseTime.date(entry["fired_at"]),
                fired >= begin.addingTimeInterval(-1)
            else { return nil }
            return Notice(
                alert: name, firedAfter: fired.timeIntervalSince(begin), toldAfter: ReleaseTime.date(entry["sent_at"])?.timeIntervalSince(begin),
                channel: entry["channel"].string)
        }.sorted { ($0.firedAfter, $0.alert) < ($1.firedAfter, $1.alert) }
        let known = Set(notices)
        notices = found
        return found.filter { !known.contains($0) }
    }

    /// The fault in words.
    public var what: String {
        switch plan.fault {
        case "kill-task": "a task of \(plan.app) dies every \(amount) s"
        case "latency": "every request to \(plan.app) takes \(amount) ms longer"
        default: "\(amount) of a hundred requests to \(plan.app) fail"
        }
    }

    /// For people.
    public var text: String {
        var lines = ["\(what), for \(Notice.seconds(seconds))\(isCutShort ? " (stopped early)" : "")"]
        if killedTasks > 0 { lines.append("  \(killedTasks) tasks were killed") }
        lines += notices.map { "  \($0.text)" }
        if !isWatched {
            lines.append("  no server could be asked for alerts: jubako up runs one")
        } else if notices.isEmpty {
            lines.append("  no alert fired: nobody would have known")
        }
        return lines.joined(separator: "\n")
    }

    /// For programs.
    public var json: JSON {
        [
            "app": .string(plan.app), "fault": .string(plan.fault), "amount": .integer(amount), "seconds": .number(seconds),
            "is_cut_short": .bool(isCutShort), "killed_tasks": .integer(killedTasks), "is_watched": .bool(isWatched),
            "alerts": .array(
                notices.map {
                    .compact([
                        "alert": .string($0.alert), "fired_after_s": .number($0.firedAfter),
                        "told_after_s": $0.toldAfter.map { .number($0) } ?? .null, "channel": JSON($0.channel),
                    ])
                }),
        ]
    }
}
