import Foundation
import HTTPTypes
import Monitoring
import ServiceModel

/// `/apps/{app}/charts`: how the app did, drawn by the server.
struct ChartsPage: Sendable {
    /// Nil where no Prometheus is known.
    let reader: ChartReader?
    /// What happened to an app between two times, for the marks: `at`, `label`, `link`.
    let marks: @Sendable (_ app: String, _ from: Date, _ to: Date) async -> [JSON]

    static let templates = ["charts": template]

    var endpoints: [Endpoint] {
        [
            .page(
                "/apps/{app}/charts", template: "charts", title: "charts", "Read an app's requests, errors, latency, tasks, CPU and memory",
                query: [
                    .init(name: "range", about: "How far to look back", schema: ["enum": JSON(ChartRange.allCases.map(\.rawValue))])
                ], returns: FleetSchemas.charts
            ) { visit in .show(try await charts(visit)) }
        ]
    }

    private func charts(_ visit: Visit) async throws -> JSON {
        let app = try visit.requireApp()
        guard let range = ChartRange(rawValue: visit.query["range"] ?? "1h") else {
            throw ConsoleError(status: .badRequest, detail: "range is one of \(ChartRange.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        var answer: JSON = [
            "app": .string(app.name), "range": .string(range.rawValue),
            "ranges": .array(ChartRange.allCases.map { ["range": .string($0.rawValue), "is_chosen": .bool($0 == range)] }),
        ]
        guard let reader else {
            answer["problem"] = "no_prometheus"
            return answer
        }
        do {
            var charts = try await reader.charts(of: app.name, range).array
            let to = Date()
            let marks = await marks(app.name, to - range.seconds, to).map { mark in
                var mark = mark
                mark["at_unix"] = .number(TimeText.parse(mark["at"].string ?? "")?.timeIntervalSince1970 ?? 0)
                return mark
            }
            for index in charts.indices {
                charts[index]["marks"] = .array(marks)
                charts[index]["finding"] = Self.finding(charts[index])
                charts[index]["rows"] = Self.rows(charts[index])
                charts[index]["has_legend"] = .bool(charts[index]["series"].array.count > 1)
                charts[index]["is_empty"] = .bool(charts[index]["series"].array.allSatisfy { $0["points"].array.isEmpty })
            }
            answer["charts"] = .array(charts)
        } catch let error as RulesError {
            answer["problem"] = "prometheus_silent"
            answer["problem_detail"] = .string("\(error)")
        }
        return answer
    }

    /// In one sentence: what it is now, and the most it was.
    private static func finding(_ chart: JSON) -> JSON {
        let unit = chart["unit"].string ?? ""
        let points = chart["series"][0]["points"].array
        guard let last = points.last?[1].double, let most = points.compactMap({ $0[1].double }).max() else { return ["key": "chart_no_data"] }
        return ["key": "chart_finding", "last": .string(Chart.label(last, unit)), "most": .string(Chart.label(most, unit))]
    }

    /// A dozen of its values, for the table.
    private static func rows(_ chart: JSON) -> JSON {
        let unit = chart["unit"].string ?? ""
        let points = chart["series"][0]["points"].array
        let step = max(1, points.count / 12)
        let rows = stride(from: 0, to: points.count, by: step).map { index -> JSON in
            let time = points[index][0].double ?? 0
            let values = chart["series"].array.map { series in
                series["points"].array.first { $0[0].double == time }.map { JSON.string(Chart.label($0[1].double ?? 0, unit)) } ?? "–"
            }
            return ["at": .string(TimeText.machine(Date(timeIntervalSince1970: time))), "values": .array(values)]
        }
        return .array(rows)
    }

    private static let template = #"""
        {{<layout}}{{$topics}}app:{{app}}{{/topics}}{{$content}}
        {{>app-head}}
        <nav class="pages" aria-label="{{t.chart_range}}">{{#ranges}}
        <a href="?range={{range}}"{{#is_chosen}} aria-current="true"{{/is_chosen}}>{{word(range)}}</a>
        {{/ranges}}</nav>
        {{#problem}}<div class="notice warn">{{word(problem)}} <small>{{problem_detail}}</small></div>{{/problem}}
        <div class="cards wide" id="charts" data-live>
        {{#charts}}<section class="card"><h2>{{word(name)}}</h2><p class="soft">{{sentence(finding)}}</p>
        {{#has_legend}}<p class="legend">{{#series}}<span class="key">{{word(name)}}</span> {{/series}}</p>{{/has_legend}}
        {{^is_empty}}{{{svg(.)}}}
        <details><summary>{{t.chart_table}}</summary><table><caption class="hidden">{{word(name)}}</caption>
        <thead><tr><th scope="col">{{t.time}}</th>
        {{#series}}<th scope="col" class="number">{{word(name)}}</th>{{/series}}</tr></thead>
        <tbody>{{#rows}}
        <tr><th scope="row"><time datetime="{{at}}">{{time(at)}}</time></th>
        {{#values}}<td class="number">{{.}}</td>{{/values}}</tr>
        {{/rows}}</tbody></table></details>{{/is_empty}}
        </section>{{/charts}}
        </div>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let chartWords: [String: Phrase] = [
        "charts": Phrase("Charts", "グラフ"),
        "chart_range": Phrase("Time range", "期間"),
        "chart_table": Phrase("As a table", "表で見る"),
        "chart_finding": Phrase("Now {last}, at most {most}.", "現在 {last}、最大 {most}。"),
        "chart_no_data": Phrase("No data in this time.", "この期間のデータはありません。"),
        "no_prometheus": Phrase(
            "This server knows no Prometheus: start it with --prometheus.", "Prometheus が設定されていません。--prometheus を付けて起動してください。"),
        "prometheus_silent": Phrase("Prometheus does not answer.", "Prometheus が応答しません。"),
        "15m": Phrase("15 minutes", "15分"),
        "1h": Phrase("1 hour", "1時間"),
        "6h": Phrase("6 hours", "6時間"),
        "24h": Phrase("24 hours", "24時間"),
        "7d": Phrase("7 days", "7日間"),
        "time": Phrase("Time", "時刻"),
        "desired": Phrase("Desired", "希望数"),
        "running": Phrase("Running", "稼働中"),
        "requests": Phrase("Requests", "リクエスト"),
        "errors": Phrase("Errors", "エラー率"),
        "latency": Phrase("Latency", "レイテンシ"),
        "cpu": Phrase("CPU", "CPU"),
        "memory": Phrase("Memory", "メモリ"),
        "p99": Phrase("99 of 100 within", "99パーセンタイル"),
        "p50": Phrase("Half within", "中央値"),
    ]
}
