import Foundation
import ServiceModel

/// Whose turn a project is: one applies at a time, the others wait in the order in which they came.
struct ProjectTurn: Sendable, Hashable {
    /// Whoever is not heard of for so long has gone, in seconds.
    static let patience: TimeInterval = 90

    struct Place: Sendable, Hashable {
        let plan: Int
        let person: String
        let since: Date
        var heard: Date
    }

    enum Answer: Sendable, Hashable {
        case taken
        /// Counted from 1.
        case waiting(position: Int, holder: Place)
    }

    private(set) var holder: Place?
    private(set) var queue: [Place] = []

    /// Asks for the turn, also again and again while waiting.
    ///
    /// - Returns: and who held it and was not heard of any more, if somebody.
    mutating func ask(_ plan: Int, by person: String, now: Date) -> (answer: Answer, lost: Int?) {
        var lost: Int?
        if isForgotten(now: now) {
            lost = holder?.plan
            holder = nil
        }
        queue.removeAll { now.timeIntervalSince($0.heard) > Self.patience }
        if let place = queue.firstIndex(where: { $0.plan == plan }) {
            queue[place].heard = now
        } else {
            queue.append(Place(plan: plan, person: person, since: now, heard: now))
        }
        guard let holder else {
            guard let first = queue.first, first.plan == plan else { return (waiting(plan, behind: queue[0]), lost) }
            queue.removeFirst()
            self.holder = Place(plan: plan, person: person, since: now, heard: now)
            return (.taken, lost)
        }
        return (waiting(plan, behind: holder), lost)
    }

    private func waiting(_ plan: Int, behind holder: Place) -> Answer {
        .waiting(position: (queue.firstIndex { $0.plan == plan } ?? 0) + 1, holder: holder)
    }

    /// Nobody has heard of whoever has the turn.
    func isForgotten(now: Date) -> Bool { holder.map { now.timeIntervalSince($0.heard) > Self.patience } ?? false }

    /// - Returns: false when the turn is somebody else's by now.
    mutating func beat(_ plan: Int, now: Date) -> Bool {
        guard holder?.plan == plan else { return false }
        holder?.heard = now
        return true
    }

    mutating func give(back plan: Int) {
        if holder?.plan == plan { holder = nil }
        queue.removeAll { $0.plan == plan }
    }
}

extension ProjectTurn {
    var json: JSON {
        func json(_ place: Place) -> JSON {
            .object([
                "plan": .integer(place.plan), "person": .string(place.person), "since": .number(place.since.timeIntervalSince1970),
                "heard": .number(place.heard.timeIntervalSince1970),
            ])
        }
        return .object(["holder": holder.map(json) ?? .null, "queue": .array(queue.map(json))])
    }

    init(_ value: JSON) {
        func place(_ json: JSON) -> Place? {
            guard let plan = json["plan"].int, let since = json["since"].double, let heard = json["heard"].double else { return nil }
            return Place(
                plan: plan, person: json["person"].string ?? "", since: Date(timeIntervalSince1970: since), heard: Date(timeIntervalSince1970: heard))
        }
        holder = place(value["holder"])
        queue = value["queue"].array.compactMap(place)
    }
}
