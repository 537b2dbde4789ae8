/// What goes into a Prometheus and an Alertmanager that exist already.
public enum ExistingPrometheus {
    /// The text that `jubako rules config` prints.
    public static func text(_ prometheus: PrometheusConfiguration, _ alertmanager: AlertmanagerConfiguration) -> String {
        var lines = [
            "# 1. prometheus.yml: add these parts to those that are there, then: promtool check config prometheus.yml",
            "#    The job jubako must keep its labels (honor_labels): the generic rules find their thresholds by them.",
        ]
        lines += prometheus.parts
        lines += [
            "---", "# 2. alertmanager.yml: add the route as the first child of yours, and the receiver; then: amtool check-config alertmanager.yml",
            "#    The route takes the alerts that have an app, and lets yours see them too.", "route:", "  routes:", "    - matchers: ['app!=\"\"']",
            "      continue: true",
        ]
        lines += alertmanager.route.map { "      " + $0 }
        lines += ["receivers:"] + alertmanager.receiver.map { "  " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }
}
