/// `alertmanager.yml`: one route for everything, since who is told is decided by Jubako when it delivers.
public struct AlertmanagerConfiguration: Sendable, Hashable {
    /// Where alerts go: `http://127.0.0.1:7700/api/alertmanager`.
    public var webhookURL: String
    /// A file with the bearer token for the webhook.
    public var tokenFile: String?
    /// How long alerts are gathered before their first message.
    public var groupWait = "1s"
    /// How long changes are gathered before the next.
    public var groupInterval = "5s"
    /// After how long an alert that goes on is told again.
    public var repeatInterval = "4h"

    public init(webhookURL: String) { self.webhookURL = webhookURL }

    /// The whole file.
    public var text: String {
        (["# Written by Jubako: changes made here are lost.", "route:"] + route.map { "  " + $0 } + ["receivers:"] + receiver.map { "  " + $0 })
            .joined(separator: "\n") + "\n"
    }

    /// What the route says.
    var route: [String] {
        [
            "receiver: jubako", "group_by: [app, alertname]", "group_wait: \(groupWait)", "group_interval: \(groupInterval)",
            "repeat_interval: \(repeatInterval)",
        ]
    }

    /// The one receiver.
    var receiver: [String] {
        var lines = [
            "- name: jubako", "  webhook_configs:", "    - url: \(PrometheusConfiguration.quoted(webhookURL))", "      send_resolved: true",
            "      max_alerts: 0",
        ]
        if let tokenFile {
            lines += [
                "      http_config:", "        authorization:", "          type: Bearer",
                "          credentials_file: \(PrometheusConfiguration.quoted(tokenFile))",
            ]
        }
        return lines
    }
}
