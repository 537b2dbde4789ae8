import Definitions
import Foundation
import Monitoring
import PrometheusText
import ServiceModel
import Store
import Testing

private let now = Date(timeIntervalSince1970: 1_800_000_000)  // 2027-01-15T08:00:00Z

@Test func `what was set wins over the definition, and that over jubako.yml and the default`() async throws {
    var organization = Organization()
    organization.thresholds["cpu_ratio"] = 0.7
    let text = definition("owner: kitchen\nmonitoring: {thresholds: {error_ratio: 0.01, memory_ratio: 0.5}}")
    try await withCatalog(["web": text], organization: organization) { catalog in
        let settings = ThresholdSettings(store: try SQLiteStore.inMemory())
        try await settings.put(.init(app: "web", name: "error_ratio", value: 0.2, setBy: "yuki", reason: "a migration", setAt: now))
        try await settings.put(.init(app: "web-2", name: "error_ratio", value: 0.3, setBy: "yuki", reason: "not web's", setAt: now))
        let table = ThresholdTable(of: "web", in: catalog, settings: try await settings.settings(of: "web"))
        let lines = table.rows.map { "\($0.name) \($0.value) \($0.source.rawValue)" }
        #expect(
            lines == [
                "certificate_days 14.0 default", "cpu_ratio 0.7 jubako.yml", "error_ratio 0.2 setting", "latency_p99_seconds 2.0 default",
                "log_errors_per_minute 60.0 default", "memory_ratio 0.5 definition", "task_stops 3.0 default",
            ])
        var exposition = Exposition()
        CatalogMetrics(catalog, overrides: .init(try await settings.all()), rules: []).write(to: &exposition)
        #expect(exposition.text.contains(#"jubako_threshold{app="web",team="kitchen",name="error_ratio"} 0.2"#))
    }
}

@Test func `a setting is kept whole, replaced, ended by its date, and removed`() async throws {
    let settings = ThresholdSettings(store: try SQLiteStore.inMemory())
    let first = ThresholdSetting(
        app: "web", name: "error_ratio", value: 0.2, setBy: "yuki", reason: "why", setAt: now, until: now.addingTimeInterval(86_400))
    try await settings.put(first)
    #expect(try await settings.all() == [first])
    let ended = ThresholdSetting(
        app: "web", name: "error_ratio", value: 0.3, setBy: "yuki", reason: "why", setAt: now, until: Date(timeIntervalSince1970: 1_000_000))
    try await settings.put(ended)
    #expect(try await settings.all() == [])
    try await settings.put(first)
    #expect(try await settings.remove("error_ratio", of: "web") == first)
    #expect(try await settings.remove("error_ratio", of: "web") == nil)
}

@Test(arguments: [
    (#"{"value": 0.1, "reason": "r", "by": "yuki"}"#, "0.1 none"),
    (#"{"value": 0.1, "reason": "r", "until": "2027-01-15"}"#, "0.1 2027-01-16T00:00:00Z"),
    (#"{"value": 0.1, "reason": "r", "until": "2027-01-15T18:00:00+09:00"}"#, "0.1 2027-01-15T09:00:00Z"),
    (#"{"value": 0.1, "reason": "r", "until": "2027-01-14"}"#, "until 2027-01-14 is in the past"),
    (#"{"value": 0.1, "reason": "r", "until": "soon"}"#, "until must be a day such as 2026-12-24, or a time such as 2026-12-24T18:00:00Z"),
    (#"{"value": 0.1, "reason": " "}"#, "reason is missing: say why the threshold is another for a while"),
    (#"{"value": "high", "reason": "r"}"#, "value must be a number"),
    (#"{"value": 5, "reason": "r"}"#, "error_ratio is a share, from 0 to 1: write 0.05 for 5.0 percent"),
    (#"[]"#, "value must be a number"),
])
func `a wish is checked`(input: String, expected: String) throws {
    let wish = try JSON(parsing: input)
    do throws(ThresholdRequest.Objection) {
        let setting = try ThresholdRequest(wish, of: "error_ratio", for: "web", now: now).setting
        #expect("\(setting.value) \(setting.until?.formatted(.iso8601) ?? "none")" == expected)
    } catch {
        #expect(error.description == expected)
    }
}
