public import Definitions
public import Foundation
public import ServiceModel

/// What each threshold of an app is, and who says so.
public struct ThresholdTable: Sendable {
    public enum Source: String, Sendable, Hashable {
        /// Set on the server.
        case setting
        case definition
        /// `alerting.thresholds` in `jubako.yml`.
        case organization = "jubako.yml"
        /// What holds when nobody says anything.
        case standard = "default"
    }

    public struct Row: Sendable, Hashable {
        public let name: String
        public let value: Double
        public let source: Source
        /// When it was set on the server.
        public let setting: ThresholdSetting?

        public var json: JSON {
            .compact([
                "name": .string(name), "value": .number(value), "source": .string(source.rawValue),
                "meaning": JSON(Threshold.known.first { $0.name == name }?.meaning), "setting": setting?.json ?? .null,
            ])
        }
    }

    /// In the order of their names.
    public let rows: [Row]

    /// - Parameter settings: those of the app that are in force.
    public init(of app: String, in catalog: Catalog, settings: [ThresholdSetting]) {
        let written = catalog.apps[app]?.monitoring?.thresholds ?? [:]
        rows = catalog.organization.thresholds.sorted { $0.key < $1.key }.map { name, shared in
            if let setting = settings.first(where: { $0.name == name }) {
                return Row(name: name, value: setting.value, source: .setting, setting: setting)
            }
            if let value = written[name] { return Row(name: name, value: value, source: .definition, setting: nil) }
            return Row(name: name, value: shared, source: Threshold.standards[name] == shared ? .standard : .organization, setting: nil)
        }
    }
}

/// A wish to set a threshold, checked.
public struct ThresholdRequest: Sendable, Hashable {
    /// Why a wish cannot be granted.
    public struct Objection: Error, Sendable, Hashable, CustomStringConvertible {
        public let description: String
    }

    public let setting: ThresholdSetting

    /// - Parameter input: `{"value": 0.1, "reason": "…", "by": "who", "until": "2026-12-24"}`; the last may be missing.
    /// - Throws: ``Objection``.
    public init(_ input: JSON, of name: String, for app: String, now: Date = Date()) throws(Objection) {
        guard let value = input["value"].double else { throw Objection(description: "value must be a number") }
        if let objection = Threshold.objection(to: value, for: name) { throw Objection(description: "\(name) \(objection)") }
        let reason = (input["reason"].string ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw Objection(description: "reason is missing: say why the threshold is another for a while") }
        var until: Date?
        if !input["until"].isNull {
            guard let date = Self.end(input["until"].string ?? "") else {
                throw Objection(description: "until must be a day such as 2026-12-24, or a time such as 2026-12-24T18:00:00Z")
            }
            guard date > now else { throw Objection(description: "until \(input["until"].string ?? "") is in the past") }
            until = date
        }
        setting = ThresholdSetting(
            app: app, name: name, value: value, setBy: input["by"].string ?? "somebody", reason: String(reason.prefix(500)), setAt: now, until: until)
    }

    /// The end of a day in UTC, or a time.
    private static func end(_ text: String) -> Date? {
        if text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil {
            return (try? Date("\(text)T00:00:00Z", strategy: .iso8601))?.addingTimeInterval(86_400)
        }
        return try? Date(text, strategy: .iso8601)
    }
}
