import Foundation
import ServiceModel
import TestSupport
import Testing

@testable import Monitoring

/// A Prometheus that knows a few answers by the beginning of the query.
private struct Prometheus: PrometheusQueries {
    var answers: [String: JSON] = [:]
    /// The expression's times, of one series with the label app.
    var times: [String: [Double]] = [:]

    func query(_ expression: String) async throws(RulesError) -> JSON {
        answers.first { expression.hasPrefix($0.key) }?.value ?? ["result": []]
    }

    func queryRange(_ expression: String, start: Double, end: Double, step: Double) async throws(RulesError) -> JSON {
        guard let times = times[expression] else { return ["result": []] }
        let values = times.filter { (start...end).contains($0) }.map { JSON.array([.number($0), "1"]) }
        return ["result": [["metric": ["app": "recipes"], "values": .array(values)]]]
    }
}

private func file(_ expression: String, hold: String = "2m") -> RuleFile {
    RuleFile(Array("groups:\n- name: a\n  rules:\n  - alert: Down\n    expr: \(expression)\n    for: \(hold)\n".utf8), path: "a.yml")
}

@Suite struct BacktestTests {
    @Test(
        "an alert fires once it has been true for long enough",
        arguments: [
            ([], 0, 0, []), ([60], 0, 0, [60...120]), ([60], 60, 0, []), ([60, 120, 180], 60, 0, [120...240]),
            ([60, 120, 240, 300], 0, 0, [60...180, 240...360]),
            ([60, 120, 240, 300], 0, 60, [60...420]), ([60, 240], 0, 60, [60...180, 240...360]), ([60, 120, 180, 300, 360], 120, 0, [180...240]),
            ([960, 1000], 0, 0, [960...1000]),
        ] as [([Double], Double, Double, [ClosedRange<Double>])])
    func fires(times: [Double], hold: Double, keep: Double, expected: [ClosedRange<Double>]) {
        let firings = AlertHistory.firings(at: times, step: 60, hold: hold, keep: keep, end: 1000)
        #expect(firings.map { $0.start...$0.end } == expected)
    }

    @Test func `a change is compared with what was before`() async throws {
        let times = Array(stride(from: 60_000.0, through: 61_200, by: 60))
        let prometheus = Prometheus(times: ["up == 0": times, "up == 1": Array(times.prefix(2))])
        let backtest = Backtest(prometheus: prometheus, seconds: 7 * 86_400)
        let lines = try await backtest.compare(file("up == 0"), with: file("up == 1", hold: "1m"), end: 604_800)
        #expect(lines.map(\.now?.count) == [1] && lines.map(\.before?.count) == [1])
        #expect(lines[0].now?.seconds == 1140 && lines[0].before?.seconds == 60 && lines[0].now?.longest == 1140)
        #expect(
            BacktestLine.table(lines, isComparison: true) == """
                alert  fires  in all  longest  series  before  in all
                Down       1     19m      19m       1       1      1m
                """)
        #expect(lines[0].json["now"]["firings"][0]["labels"]["app"].string == "recipes")
    }

    @Test func `a history longer than one query is asked for in parts`() async throws {
        let end = 3_000_000.0
        let times = Array(stride(from: end - 30 * 86_400, through: end, by: 60))
        let backtest = Backtest(prometheus: Prometheus(times: ["up == 0": times]), seconds: 30 * 86_400)
        let lines = try await backtest.compare(file("up == 0"), with: nil, end: end)
        #expect(lines[0].now?.count == 1 && lines[0].now?.seconds == 30 * 86_400 - 120)
    }

    @Test func `the API is asked as Prometheus wants it`() async throws {
        try await StubServer.run { request in
            if request.body.contains("query=bad") { return StubAnswer(400, #"{"status":"error","errorType":"bad_data","error":"no"}"#) }
            if request.body.contains("query=html") { return StubAnswer(200, "<html>") }
            return StubAnswer(
                200, #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":[[60,"1"],[120,"NaN"]]}]}}"#)
        } _: { server in
            let url = try #require(URL(string: server.url + "/"))
            try await PrometheusAPI.with(url) { api in
                let data = try await api.queryRange("up{a=\"b c\"} + 1", start: 0, end: 600, step: 60)
                #expect(SampledSeries.series(data) == [SampledSeries(labels: ["a": "b"], times: [60, 120])])
                await #expect(throws: RulesError("\(server.url) refused the query: no")) { _ = try await api.query("bad") }
                await #expect(throws: RulesError.self) { _ = try await api.query("html") }
            }
            let first = try #require(server.requests.first)
            #expect(first.method == "POST" && first.path == "/api/v1/query_range")
            #expect(first.body == "end=600.0&query=up%7Ba%3D%22b%20c%22%7D%20%2B%201&start=0.0&step=60.0")
        }
    }

    @Test func `a Prometheus that is not there is named`() async throws {
        let url = try #require(URL(string: "http://127.0.0.1:\(try await PortReservation.free())"))
        let error = await #expect(throws: RulesError.self) { try await PrometheusAPI.with(url) { _ = try await $0.query("up") } }
        #expect(error?.message.contains("check --prometheus") == true)
    }
}

@Suite struct OnlineCheckTests {
    private func found(_ prometheus: Prometheus, _ expression: String, hold: String = "2m") async throws -> [String] {
        try await OnlineChecks(prometheus: prometheus, settings: CheckSettings()).findings(in: [file(expression, hold: hold)]).map(\.check)
    }

    private static let one: JSON = ["result": [["metric": [:], "value": [0, "1"]]]]

    @Test func `a series that nobody has is found`() async throws {
        #expect(try await found(Prometheus(), "upp{a=\"b\"} == 0") == ["series-missing"])
        #expect(try await found(Prometheus(answers: ["count(up": Self.one]), "up{a=\"b\"} == 0").isEmpty)
        #expect(try await found(Prometheus(answers: ["count(present_over_time(up": Self.one]), "up{a=\"b\"} == 0").isEmpty)
        #expect(try await found(Prometheus(), "absent(upp)").isEmpty)
        #expect(try await found(Prometheus(answers: ["count(up)": Self.one]), "up == 0 unless other").isEmpty)
    }

    @Test func `an expensive query is found`() async throws {
        let answers: [String: JSON] = [
            "count(": Self.one, "up": ["result": [], "stats": ["samples": ["totalQueryableSamples": 2_000_000], "timings": ["evalTotalTime": 0.1]]],
        ]
        #expect(try await found(Prometheus(answers: answers), "up == 0") == ["query-expensive"])
    }

    @Test func `an alert that fires all the time is found`() async throws {
        let now = Date().timeIntervalSince1970.rounded(.down)
        let times = stride(from: now - 80_000, to: now, by: 3600).map { $0 }
        #expect(try await found(Prometheus(answers: ["count(": Self.one], times: ["up == 0": times]), "up == 0", hold: "0s") == ["alert-noisy"])
        #expect(try await found(Prometheus(answers: ["count(": Self.one], times: ["up == 0": times]), "up == 0", hold: "5m").isEmpty)
    }
}
