public import Foundation
public import ServiceModel

/// Somebody looks after an alert. It is no silence: what fires anew is told.
public struct Acknowledgement: Sendable, Hashable {
    public let by: String
    public let reason: String
    public let at: Date

    public init(by: String, reason: String, at: Date) {
        self.by = by
        self.reason = reason
        self.at = at
    }

    /// In a message: "acknowledged by yuki: the database is being moved".
    var words: String { "acknowledged by \(by)\(reason.isEmpty ? "" : ": \(reason)")" }
}

extension Acknowledgement {
    init?(_ json: JSON) {
        guard let by = json["by"].string, let at = json["at"].date else { return nil }
        self.init(by: by, reason: json["reason"].string ?? "", at: at)
    }

    /// The acknowledgement for the API.
    public var json: JSON { ["by": .string(by), "reason": .string(reason), "at": JSON(date: at)] }
}
