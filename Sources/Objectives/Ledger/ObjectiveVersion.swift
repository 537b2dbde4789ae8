import Crypto
public import Definitions
public import Foundation
import ServiceModel

/// A definition of an objective as it was from some time on.
public struct ObjectiveVersion: Sendable, Hashable {
    /// Of all that is measured and promised; texts do not count.
    public let digest: String
    public let since: Date
    /// In words: `99.95 % of availability over 30d`.
    public let summary: String

    public init(_ objective: Objective, since: Date) {
        self.init(
            digest: Self.digest(of: objective), since: since,
            summary: "\(objective.target) % of \(objective.indicator.kind) over \(objective.window.text)")
    }

    init(digest: String, since: Date, summary: String) {
        self.digest = digest
        self.since = since
        self.summary = summary
    }

    /// Twelve hexadecimal digits.
    public static func digest(of objective: Objective) -> String {
        var measured = "\(objective.target)|\(objective.window.text)|\(objective.timeZone)|\(objective.missingData.rawValue)|"
        if case .composite(let composite) = objective.indicator {
            switch composite {
            case .product(let names): measured += "product \(names.sorted())"
            case .weights(let weights): measured += "weights \(weights.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })"
            }
        } else if let measurement = Measurement(objective, app: "") {
            measured += measurement.bad + "|" + measurement.total
        }
        return SHA256.hash(data: Array(measured.utf8)).prefix(6).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// A time to the second, whose texts sort as the times do.
    static func stamp(_ date: Date) -> String { date.formatted(.iso8601) }

    var sortKey: String { "\(Self.stamp(since))/\(digest)" }
}

extension ObjectiveVersion {
    init?(_ json: JSON) {
        guard let digest = json["digest"].string, let since = json["since"].double else { return nil }
        self.init(digest: digest, since: Date(timeIntervalSince1970: since), summary: json["summary"].string ?? "")
    }

    var json: JSON { ["digest": .string(digest), "since": .number(since.timeIntervalSince1970), "summary": .string(summary)] }
}
