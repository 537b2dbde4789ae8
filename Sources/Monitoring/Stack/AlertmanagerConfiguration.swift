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
            // The test of a channel goes the way of all alerts, and somebody waits for it.
            "routes:", "  - matchers: ['jubako_proof=~\".+\"']", "    group_by: [jubako_proof]", "    group_wait: 1ms",
            // Nobody wants to read that all is well: the server only notes when it last heard so.
            "  - matchers: ['alertname=\"Watchdog\"']", "    receiver: jubako-watchdog", "    repeat_interval: 1m",
        ]
    }

    /// The receivers: of alerts, and of the sign of life.
    var receiver: [String] { Self.webhook("jubako", webhookURL, tokenFile) + Self.webhook("jubako-watchdog", webhookURL + "/watchdog", tokenFile) }

    private static func webhook(_ name: String, _ url: String, _ tokenFile: String?) -> [String] {
        var lines = [
            "- name: \(name)", "  webhook_configs:", "    - url: \(PrometheusConfiguration.quoted(url))", "      send_resolved: true",
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
