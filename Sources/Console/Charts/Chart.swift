import Foundation
import ServiceModel

/// A chart as it is drawn: lines over time, and marks for what happened.
struct Chart: Sendable {
    struct Line: Sendable {
        let name: String
        /// Unix seconds and values, rising in time.
        let points: [(time: Double, value: Double)]
    }

    struct Mark: Sendable {
        let time: Double
        let label: String
        let link: String
    }

    let title: String
    let unit: String
    let start: Double
    let end: Double
    /// Two points further apart than this are not joined: there is no data between them.
    let gap: Double
    let lines: [Line]
    let marks: [Mark]

    /// From a chart of `/api/apps/APP/charts`.
    init(_ json: JSON, title: String) {
        self.title = title
        unit = json["unit"].string ?? "count"
        start = json["from_unix"].double ?? 0
        end = json["to_unix"].double ?? 1
        gap = (json["step_s"].double ?? 60) * 2.5
        lines = json["series"].array.map { series in
            Line(
                name: series["name"].string ?? "",
                points: series["points"].array.compactMap { point in
                    guard let time = point[0].double, let value = point[1].double else { return nil }
                    return (time, value)
                })
        }
        marks = json["marks"].array.compactMap { mark in
            guard let time = mark["at_unix"].double, let link = mark["link"].string else { return nil }
            return Mark(time: time, label: mark["label"].string ?? "", link: link)
        }
    }

    private static let width = 640.0
    private static let height = 170.0
    private static let left = 56.0
    private static let bottom = 22.0
    private static let top = 10.0

    /// An SVG without styles of its own and without scripts. The table beside it says the same in numbers.
    var svg: String {
        let most = Self.roundedUp(lines.flatMap(\.points).map(\.value).max() ?? 0, unit)
        var parts = [
            "<svg class=\"chart\" viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"group\" aria-label=\"\(Self.escaped(title))\">"
        ]
        for share in [0.0, 0.5, 1.0] {
            let y = Self.text(y(most * share, most))
            parts.append("<line class=\"axis\" x1=\"\(Int(Self.left))\" x2=\"\(Int(Self.width))\" y1=\"\(y)\" y2=\"\(y)\"/>")
            let label = Self.label(most * share, unit)
            parts.append("<text x=\"\(Int(Self.left) - 6)\" y=\"\(y)\" dy=\"4\" text-anchor=\"end\">\(label)</text>")
        }
        for share in [0.0, 0.25, 0.5, 0.75] {
            let time = start + (end - start) * share
            let clock = TimeText.machine(Date(timeIntervalSince1970: time))
            let label = end - start > 172_800 ? clock.dropFirst(5).prefix(5) : clock.dropFirst(11).prefix(5)
            parts.append("<text x=\"\(Self.text(x(time)))\" y=\"\(Int(Self.height) - 6)\">\(label)</text>")
        }
        for mark in marks {
            let x = Self.text(x(mark.time))
            let line = "<line class=\"mark\" x1=\"\(x)\" x2=\"\(x)\" y1=\"0\" y2=\"\(Int(Self.height - Self.bottom))\"/>"
            let text = "<text x=\"\(x)\" y=\"9\" dx=\"3\">\(Self.escaped(mark.label))</text>"
            parts.append("<a href=\"\(Self.escaped(mark.link))\"><title>\(Self.escaped(mark.label))</title>\(line)\(text)</a>")
        }
        for (index, line) in lines.enumerated() {
            parts.append("<path class=\"line\(index == 0 ? "" : " second")\" d=\"\(path(line, most))\"/>")
        }
        return parts.joined() + "</svg>"
    }

    private func path(_ line: Line, _ most: Double) -> String {
        var path = ""
        var last: Double?
        for point in line.points {
            let joins = last.map { point.time - $0 <= gap } ?? false
            path += "\(joins ? "L" : "M")\(Self.text(x(point.time))) \(Self.text(y(point.value, most)))"
            // A point by itself is a dot.
            if !joins { path += "h.01" }
            last = point.time
        }
        return path
    }

    private func x(_ time: Double) -> Double { Self.left + (time - start) / max(end - start, 1) * (Self.width - Self.left) }

    private func y(_ value: Double, _ most: Double) -> Double {
        Self.top + (1 - value / most) * (Self.height - Self.bottom - Self.top)
    }

    /// The next 1, 2 or 5 with zeros.
    private static func roundedUp(_ value: Double, _ unit: String) -> Double {
        guard value > 0, value.isFinite else { return unit == "ratio" ? 0.01 : 1 }
        let power = pow(10, log10(value).rounded(.down))
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= value } ?? value
    }

    static func label(_ value: Double, _ unit: String) -> String {
        switch unit {
        case "ratio": "\(NumberText.trimmed(value * 100, digits: value < 0.1 ? 2 : 0)) %"
        case "seconds": value < 1 ? "\(NumberText.trimmed(value * 1000, digits: 1)) ms" : "\(NumberText.trimmed(value, digits: 2)) s"
        case "per_second": "\(NumberText.trimmed(value, digits: value < 10 ? 2 : 0))/s"
        default: NumberText.trimmed(value, digits: 1)
        }
    }

    private static func text(_ number: Double) -> String { NumberText.trimmed(number, digits: 1) }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
