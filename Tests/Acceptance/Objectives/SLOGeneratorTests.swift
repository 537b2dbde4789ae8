import Foundation
import ServiceModel
import TestSupport
import Testing

private let python = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/slo-generator" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }.map { $0.replacing("/slo-generator", with: "/python3") }

/// Another tool's figures over the same Prometheus. It always measures up to now, so the data ends now.
@Suite(.enabled(if: PrometheusProcess.isInstalled && python != nil, "Prometheus or slo-generator is not installed"))
struct `Google's slo-generator` {
    @Test func `counts the same minutes, allowed and spent`() async throws {
        try await withTemporaryDirectory { folder in
            let end = Int(Date().timeIntervalSince1970) / 300 * 300
            let start = end - 3 * 86_400
            let data = folder.appending(path: "data").path
            try Self.metrics(from: start, to: end).write(to: folder.appending(path: "metrics.txt"), atomically: true, encoding: .utf8)
            try await Self.backfill("metrics.txt", folder, data)
            let definition = folder.appending(path: "shop.yml")
            try """
            scheduler: {type: ecs, desired_count: 1}
            app: {image: web, memory: 64}
            objectives: [{name: a, ratio: {bad: bad_total, total: all_total}, objective: 99.9, window: 7d}]

            """.write(to: definition, atomically: true, encoding: .utf8)
            let rules = try await PrometheusProcess.tool(EngineProcess.program, ["slo", "rules", definition.path])
            try await PrometheusProcess.run(data: data) { prometheus in
                var text = ""
                for rule in rules.matches(of: #/record: (\S+)\n +expr: \|-\n +(.+)\n/#) {
                    let values = try await prometheus.range(String(rule.2), start: start + 300, end: end, step: 300)
                    text += "# TYPE \(rule.1) gauge\n" + values.map { "\(rule.1){app=\"shop\",objective=\"a\"} \($1) \($0)\n" }.joined()
                }
                try (text + "# EOF\n").write(to: folder.appending(path: "recorded.txt"), atomically: true, encoding: .utf8)
            }
            try await Self.backfill("recorded.txt", folder, data)
            try await PrometheusProcess.run(data: data) { prometheus in
                let ours = try JSON(
                    parsing: try await PrometheusProcess.tool(
                        EngineProcess.program, ["slo", "status", "--json", "--prometheus", prometheus.url, definition.path]))[0]["minutes"]
                let theirs = try JSON(parsing: try await PrometheusProcess.tool(python ?? "", ["-c", Self.script, prometheus.url]))
                // 246 failures of 518,400 requests; slo-generator rounds the ratio to six digits
                #expect(ours["allowed"].string == "10.08" && abs((ours["spent"].double ?? 0) - 10_080 * 246 / 518_400) < 1e-6, "\(ours)")
                #expect(abs((theirs["error_budget_minutes"].double ?? 0) - 10.08) < 1e-6, "\(theirs)")
                #expect(abs((theirs["error_minutes"].double ?? 0) - (ours["spent"].double ?? 1)) < 0.01, "\(theirs) \(ours)")
            }
        }
    }

    /// Two requests a second for three days, four minutes of which half fail.
    private static func metrics(from start: Int, to end: Int) -> String {
        var (bad, all) = ([String](), [String]())
        var (failed, requests) = (0, 0)
        for minute in 0...(end - start) / 60 {
            if minute > 0 {
                requests += 120
                failed += (2_000..<2_004).contains(minute) ? 60 : minute.isMultiple(of: 700) ? 1 : 0
            }
            bad.append("bad_total{app=\"shop\"} \(failed) \(start + minute * 60)")
            all.append("all_total{app=\"shop\"} \(requests) \(start + minute * 60)")
        }
        return (["# TYPE bad counter"] + bad + ["# TYPE all counter"] + all + ["# EOF"]).joined(separator: "\n") + "\n"
    }

    private static func backfill(_ file: String, _ folder: URL, _ data: String) async throws {
        try await PrometheusProcess.tool(
            PrometheusProcess.promtool,
            ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=216h", folder.appending(path: file).path, data])
    }

    /// Its command writes to exporters only; its function returns what it found.
    private static let script = #"""
        import json, logging, sys, warnings
        warnings.filterwarnings("ignore")
        logging.disable(logging.CRITICAL)
        from slo_generator.compute import compute
        share = "sum(increase(bad_total{app='shop'}[window])) / sum(increase(all_total{app='shop'}[window]))"
        slo = {
            "apiVersion": "sre.google.com/v2", "kind": "ServiceLevelObjective",
            "metadata": {"name": "shop-a", "labels": {"service_name": "shop", "feature_name": "a", "slo_name": "a"}},
            "spec": {"description": "a", "backend": "prometheus", "method": "query_sli", "exporters": [], "goal": 0.999,
                     "service_level_indicator": {"expression": "1 - " + share}},
        }
        step = {"name": "7d", "burn_rate_threshold": 1, "alert": False, "window": 604800, "message_alert": "", "message_ok": ""}
        config = {"backends": {"prometheus": {"url": sys.argv[1]}}, "exporters": {}, "error_budget_policies": {"default": {"steps": [step]}}}
        print(json.dumps({key: value for key, value in compute(slo, config, do_export=False)[0].items() if key.startswith("error_")}))
        """#
}
