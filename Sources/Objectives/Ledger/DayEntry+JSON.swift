import Definitions
import ServiceModel

extension DayEntry {
    init?(_ json: JSON, day: LocalDay) {
        guard let version = json["version"].string, let budget = json["budget"].int, let bad = json["bad"].int, let total = json["total"].int else {
            return nil
        }
        var slices: [Slice.State: Int] = [:]
        for (name, count) in json["slices"].object { if let state = Slice.State(rawValue: name) { slices[state] = count.int } }
        var failures: [Int: Int] = [:]
        for pair in json["failures"].array { if let slice = pair[0].int { failures[slice] = pair[1].int } }
        self.init(
            day: day, version: version, budget: Percent(millionths: budget), bad: bad, total: total, assumedBad: json["assumed_bad"].int ?? 0,
            assumedTotal: json["assumed_total"].int ?? 0, slices: slices, failures: failures, isClosed: json["closed"].bool ?? false)
    }

    var json: JSON {
        [
            "version": .string(version), "budget": .integer(budget.millionths), "bad": .integer(bad), "total": .integer(total),
            "assumed_bad": .integer(assumedBad), "assumed_total": .integer(assumedTotal),
            "slices": .object(JSONObject(slices.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key.rawValue, .integer($0.value)) }) { $1 }),
            "failures": .array(failures.sorted { $0.key < $1.key }.map { [.integer($0.key), .integer($0.value)] }), "closed": .bool(isClosed),
        ]
    }
}
