import ServiceModel

/// `prometheus.yml`. The same settings always give the same text.
public struct PrometheusConfiguration: Sendable, Hashable {
    /// An address that is always scraped.
    public struct Scrape: Sendable, Hashable {
        public var job: String
        /// `host:port`
        public var address: String
        public var path: String
        /// The series say themselves which app they are about.
        public var keepsLabels: Bool
        /// A file with the bearer token that the address asks for.
        public var tokenFile: String?
        /// Put on its series, such as the environment that an engine is.
        public var labels: [String: String]

        public init(
            job: String, address: String, path: String = "/metrics", keepsLabels: Bool = false, tokenFile: String? = nil,
            labels: [String: String] = [:]
        ) {
            self.job = job
            self.address = address
            self.path = path
            self.keepsLabels = keepsLabels
            self.tokenFile = tokenFile
            self.labels = labels
        }
    }

    /// Where the list of targets is: `http://127.0.0.1:7700/api/prometheus/targets`.
    public var targetsURL: String
    /// How often it is read.
    public var refreshInterval = "5s"
    /// A file with the bearer token that the list asks for.
    public var tokenFile: String?
    public var scrapeInterval = "5s"
    public var evaluationInterval = "5s"
    /// Prometheus itself, `host:port`; nil leaves it out.
    public var own: String?
    /// Jubako's own metrics, which the generic rules read, and other exporters.
    public var scrapes: [Scrape] = []
    /// Alertmanagers, `host:port`.
    public var alertmanagers: [String] = []
    /// Paths or patterns of rule files.
    public var ruleFiles: [String] = []
    /// Names this Prometheus in what leaves it.
    public var externalLabels: [String: String] = [:]

    public init(targetsURL: String) { self.targetsURL = targetsURL }

    /// The whole file.
    public var text: String {
        var lines = ["# Written by Jubako: changes made here are lost.", "global:"]
        lines += ["  scrape_interval: \(scrapeInterval)", "  evaluation_interval: \(evaluationInterval)"]
        if !externalLabels.isEmpty {
            lines.append("  external_labels:")
            lines += externalLabels.sorted { $0.key < $1.key }.map { "    \($0.key): \(Self.quoted($0.value))" }
        }
        return (lines + parts).joined(separator: "\n") + "\n"
    }

    /// Rule files, Alertmanagers and scrapes: what a Prometheus that exists already needs besides its own.
    var parts: [String] {
        var lines: [String] = []
        if !ruleFiles.isEmpty { lines += ["rule_files:"] + ruleFiles.map { "  - \(Self.quoted($0))" } }
        if !alertmanagers.isEmpty {
            lines += ["alerting:", "  alertmanagers:", "    - static_configs:", "        - targets: \(Self.list(alertmanagers))"]
        }
        lines += ["scrape_configs:", "  - job_name: apps", "    http_sd_configs:", "      - url: \(Self.quoted(targetsURL))"]
        lines.append("        refresh_interval: \(refreshInterval)")
        if let tokenFile { lines += Self.authorization(tokenFile, indent: "        ") }
        if let own { lines += Self.lines(Scrape(job: "prometheus", address: own)) }
        for address in alertmanagers { lines += Self.lines(Scrape(job: "alertmanager", address: address)) }
        for scrape in scrapes { lines += Self.lines(scrape) }
        return lines
    }

    private static func lines(_ scrape: Scrape) -> [String] {
        var lines = ["  - job_name: \(quoted(scrape.job))"]
        if scrape.keepsLabels { lines.append("    honor_labels: true") }
        if scrape.path != "/metrics" { lines.append("    metrics_path: \(quoted(scrape.path))") }
        if let tokenFile = scrape.tokenFile { lines += authorization(tokenFile, indent: "    ") }
        lines += ["    static_configs:", "      - targets: \(list([scrape.address]))"]
        guard !scrape.labels.isEmpty else { return lines }
        return lines + ["        labels:"] + scrape.labels.sorted { $0.key < $1.key }.map { "          \($0.key): \(quoted($0.value))" }
    }

    /// The type is written although it is the default: 2.42 leaves it out of what its http_sd sends otherwise.
    private static func authorization(_ file: String, indent: String) -> [String] {
        ["\(indent)authorization:", "\(indent)  type: Bearer", "\(indent)  credentials_file: \(quoted(file))"]
    }

    private static func list(_ values: [String]) -> String { "[" + values.map(quoted).joined(separator: ", ") + "]" }

    /// A JSON string, which is a YAML string as well.
    static func quoted(_ text: String) -> String { JSON.string(text).text }
}
