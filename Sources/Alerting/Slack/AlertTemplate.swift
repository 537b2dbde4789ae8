/// The words about one alert.
public protocol AlertTemplate: Sendable {
    /// What a message says about `alert`, in Slack's markup. When it throws, the alert's labels and annotations are sent as they are.
    func text(for alert: Alert) throws -> String
}

/// The summary and the description, as the rule's annotations give them.
public struct StandardTemplate: AlertTemplate {
    public init() {}

    public func text(for alert: Alert) throws -> String {
        let parts = [
            alert.annotations["summary"].map { "*\(SlackText.escape($0, limit: 300).replacing("*", with: "∗"))*" },
            (alert.annotations["description"] ?? alert.annotations["message"]).map { SlackText.escape($0, limit: 1_200) },
        ]
        let text = parts.compactMap { $0 }.joined(separator: "\n")
        return text.isEmpty ? RawText.alert(alert) : text
    }
}

/// An alert as it came, for when nothing better can be said.
enum RawText {
    static func alert(_ alert: Alert) -> String {
        let pairs = alert.labels.sorted { $0.key < $1.key } + alert.annotations.sorted { $0.key < $1.key }
        return SlackText.escape(pairs.map { "\($0.key)=\($0.value)" }.joined(separator: "\n"), limit: 2_000)
    }
}
