import Foundation
import ServiceModel
import TestSupport
import Testing

/// A month of counters, minute by minute, in a real Prometheus; the figures of the command line against what the counters say.
@Suite(.enabled(if: PrometheusProcess.isInstalled, "Prometheus is not installed"))
struct `A month of measurements` {
    /// 28 February 2026, 12:00 UTC.
    private static let start = 1_772_280_000
    private static let minutes = 32 * 1_440 + 720

    private static let definitions = [
        "shop": """
        objectives:
          - {name: tokyo, ratio: {bad: bad_total, total: all_total}, objective: 99.95, window: month, time_zone: Asia/Tokyo}
          - {name: berlin, ratio: {bad: bad_total, total: all_total}, objective: 99.95, window: month, time_zone: Europe/Berlin}
          - {name: up, uptime: {series: alive}, objective: 99.95, window: month, time_zone: Europe/Berlin}
          - {name: both, composite: {product: [berlin, up]}, objective: 99.9, window: month, time_zone: Europe/Berlin}
        """,
        "idle": "objectives: [{name: a, ratio: {bad: bad_total, total: all_total}, objective: 99.9, window: 7d}]",
        "spike": "objectives: [{name: a, ratio: {bad: bad_total, total: all_total}, objective: 99.9, window: 7d}]",
    ]

    /// Counters by app: failures and requests until the end of each minute.
    private struct Counters {
        var bad: [Int] = []
        var all: [Int] = []
    }

    private static func counted(_ minutes: Int, _ growth: (Int) -> (bad: Int, all: Int)?) -> Counters {
        var counters = Counters()
        var (bad, all) = (0, 0)
        for minute in 0..<minutes {
            let more = growth(minute) ?? (0, 0)
            (bad, all) = (bad + more.bad, all + more.all)
            counters.bad.append(bad)
            counters.all.append(all)
        }
        return counters
    }

    /// Bursts of one minute, one of them where only Tokyo's month has begun, one where only Berlin's goes on.
    private static func shop(_ minute: Int) -> (bad: Int, all: Int) {
        switch minute {
        case 240: (77, 120)  // 16:00 UTC on the 28th
        case 20_002, 20_003: (120, 120)
        case 30_007: (31, 120)
        case 31 * 1_440 + 480: (55, 120)  // 20:00 UTC on 31 March
        default: (minute % 1_440 == 700 ? 1 : 0, minute % 1_440 < 300 ? 40 : 120)
        }
    }

    private static func isDown(_ minute: Int) -> Bool { (10_000..<10_007).contains(minute) || minute == 25_123 }

    private static func metrics() -> String {
        let shop = counted(minutes) { Self.shop($0) }
        // 60 minutes of traffic, 20 idle, 100 of traffic, without failures; at the end of the month
        let idle = counted(180) { $0 < 60 || $0 >= 80 ? (0, 100) : nil }
        // 23 busy clean hours, then one with a request a minute, each failing
        let spike = counted(1_441) { $0 == 0 ? (0, 0) : $0 <= 1_380 ? (0, 6_000) : (1, 1) }
        func series(_ name: String, _ app: String, _ values: [Int], from minute: Int) -> [String] {
            values.enumerated().map { "\(name){app=\"\(app)\"} \($1) \(start + (minute + $0) * 60)" }
        }
        var lines = ["# TYPE bad counter"]
        let late = 31 * 1_440
        lines += series("bad_total", "shop", shop.bad, from: 0) + series("bad_total", "idle", idle.bad, from: late)
        lines += series("bad_total", "spike", spike.bad, from: late - 1_440) + ["# TYPE all counter"]
        lines += series("all_total", "shop", shop.all, from: 0) + series("all_total", "idle", idle.all, from: late)
        lines += series("all_total", "spike", spike.all, from: late - 1_440) + ["# TYPE alive gauge"]
        lines += series("alive", "shop", (0..<minutes).map { isDown($0) ? 0 : 1 }, from: 0)
        return lines.joined(separator: "\n") + "\n# EOF\n"
    }

    @Test func `has the budgets that its counters say, to the event and to the minute`() async throws {
        try await withTemporaryDirectory { folder in
            let data = folder.appending(path: "data").path
            try Self.metrics().write(toFile: "\(folder.path)/metrics.txt", atomically: true, encoding: .utf8)
            try await PrometheusProcess.tool(
                PrometheusProcess.promtool,
                ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=216h", "\(folder.path)/metrics.txt", data])
            for (app, text) in Self.definitions {
                let head = "scheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\n"
                try (head + text + "\n").write(toFile: "\(folder.path)/\(app).yml", atomically: true, encoding: .utf8)
            }
            // what the rules would have recorded in all that time
            try await PrometheusProcess.run(data: data) { prometheus in
                var lines: [String: [String]] = [:]
                for app in Self.definitions.keys {
                    let rules = try await PrometheusProcess.tool(EngineProcess.program, ["slo", "rules", "\(folder.path)/\(app).yml"])
                    for rule in rules.matches(of: #/record: (\S+)\n +expr: \|-\n +(.+)\n +labels:\n +app: "(\w+)"\n +objective: "(\w+)"/#) {
                        let values = try await prometheus.range(
                            String(rule.2), start: Self.start + 300, end: Self.start + Self.minutes * 60, step: 300)
                        lines[String(rule.1), default: []] += values.map { time, value in
                            "\(rule.1){app=\"\(rule.3)\",objective=\"\(rule.4)\"} \(value) \(time)"
                        }
                    }
                }
                #expect(lines.count == 2 && lines.values.allSatisfy { $0.count == 5 * Self.minutes / 5 })
                let text = lines.map { "# TYPE \($0) gauge\n" + $1.joined(separator: "\n") }.joined(separator: "\n") + "\n# EOF\n"
                try text.write(toFile: "\(folder.path)/recorded.txt", atomically: true, encoding: .utf8)
            }
            try await PrometheusProcess.tool(
                PrometheusProcess.promtool,
                ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=216h", "\(folder.path)/recorded.txt", data])
            try await PrometheusProcess.run(data: data) { prometheus in
                func standings(_ app: String, at time: Int) async throws -> [JSON] {
                    // the last slice is read a second after it has ended
                    let date = Date(timeIntervalSince1970: Double(time + 2)).formatted(.iso8601)
                    let text = try await PrometheusProcess.tool(
                        EngineProcess.program, ["slo", "status", "--json", "--prometheus", prometheus.url, "--at", date, "\(folder.path)/\(app).yml"])
                    return try JSON(parsing: text).array
                }
                try await Self.checkMonths(standings)
                // the last day of the data, 12:00 UTC on 31 March
                let late = Self.start + 31 * 86_400
                let idle = try #require(try await standings("idle", at: late + 180 * 60).first)
                #expect(idle["remaining"].double == 1 && idle["events"]["total"].int == 15_900, "\(idle.prettyText)")
                #expect(idle["slices"]["idle"].int == 4 && idle["burns"][0]["rate"].double == 0)
                let spike = try #require(try await standings("spike", at: late).first)
                let truth = 60.0 / (6_000 * 1_380 + 60)
                #expect(abs((spike["events"]["error_ratio"].double ?? 1) - truth) < 1e-12, "\(spike.prettyText)")
                #expect(abs((spike["remaining"].double ?? 0) - (1 - truth / 0.001)) < 1e-6, "\(spike.prettyText)")
            }
        }
    }

    private static func checkMonths(_ standings: (String, Int) async throws -> [JSON]) async throws {
        // 20 minutes before the end of each month
        let tokyo = try #require(try await standings("shop", start + (31 * 1_440 + 180 - 20) * 60).first { $0["objective"] == "tokyo" })
        #expect(tokyo["period"]["minutes"].int == 44_640 && tokyo["minutes"]["allowed"].string == "22.32")
        try check(tokyo, from: 180, to: 31 * 1_440 + 160)
        let rest = try await standings("shop", start + (31 * 1_440 + 600 - 20) * 60)
        let berlin = try #require(rest.first { $0["objective"] == "berlin" })
        #expect(berlin["period"]["minutes"].int == 44_580 && berlin["minutes"]["allowed"].string == "22.29")
        try check(berlin, from: 660, to: 31 * 1_440 + 580)
        let up = try #require(rest.first { $0["objective"] == "up" })
        #expect(
            up["minutes"]["spent"].double == 8 && up["events"]["spent"].int == 8 && up["minutes"]["allowed"].string == "22.29", "\(up.prettyText)")
        #expect(abs((up["remaining"].double ?? 0) - (1 - 8 / 22.29)) < 1e-12)
        let both = try #require(rest.first { $0["objective"] == "both" })
        let ratios = [berlin, up].map { $0["events"]["error_ratio"].double ?? 0 }
        #expect(abs((both["events"]["error_ratio"].double ?? 0) - (1 - (1 - ratios[0]) * (1 - ratios[1]))) < 1e-8)
    }

    /// Compares with the counters between two minutes; the first minute's value is the state before it.
    private static func check(_ standing: JSON, from first: Int, to last: Int) throws {
        let counters = counted(minutes) { shop($0) }
        let bad = counters.bad[last] - counters.bad[first]
        let total = counters.all[last] - counters.all[first]
        #expect(standing["events"]["bad"].int == bad && standing["events"]["total"].int == total, "\(bad) \(total) \(standing.prettyText)")
        let elapsed = Double(last - first) + 2.0 / 60
        let spent = Double(bad) / Double(total) * elapsed
        #expect(abs((standing["minutes"]["spent"].double ?? 0) - spent) < 1e-6)
        let allowed = try #require(standing["minutes"]["allowed"].string.flatMap(Double.init))
        #expect(abs((standing["remaining"].double ?? 0) - (1 - spent / allowed)) < 1e-6)
    }
}
