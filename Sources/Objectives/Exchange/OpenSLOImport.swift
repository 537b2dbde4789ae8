import Definitions
import ServiceModel

/// Reads OpenSLO v1, strictly.
public enum OpenSLOImport {
    /// - Throws: ``ExchangeProblems`` with everything that cannot be taken over.
    public static func read(_ text: String, file: String) throws(ExchangeProblems) -> ImportedObjectives {
        let reader = ForeignReader(file: file)
        let documents = reader.documents(text)
        var indicators: [String: ForeignNode] = [:]
        var slos: [ForeignNode] = []
        for document in documents {
            document.only(["apiVersion", "kind", "metadata", "spec"])
            guard let version = document.required("apiVersion"), let kind = document.required("kind"), document.required("spec") != nil else {
                continue
            }
            if version.text != "openslo/v1" { reader.problem("apiVersion must be openslo/v1, not \(version.text ?? "")", at: version.node) }
            switch kind.text ?? "" {
            case "SLO": slos.append(document)
            case "SLI": if let name = document["metadata"]?["name"]?.text, let spec = document["spec"] { indicators[name] = spec }
            case "Service", "DataSource": reader.note("\(kind.text ?? "") is not taken over: the app and its Prometheus are known", at: kind.node)
            case "AlertPolicy", "AlertCondition", "AlertNotificationTarget":
                reader.note("\(kind.text ?? "") is not taken over: alerts have two windows here, and find their channel by themselves", at: kind.node)
            default:
                let kinds = ["SLO", "SLI", "Service", "DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget"]
                let hint = Naming.nearest(to: kind.text ?? "", among: kinds).map { ", did you mean \($0)?" } ?? ""
                reader.problem("unknown kind \(kind.text ?? "")\(hint)", at: kind.node)
            }
        }
        var items: [ImportedObjectives.Item] = []
        for slo in slos { items += read(slo, indicators) }
        if slos.isEmpty, reader.problems.isEmpty {
            throw ExchangeProblems(problems: [ExchangeProblem(file: file, line: 1, column: 1, message: "there is no SLO in it")])
        }
        guard reader.problems.isEmpty else { throw ExchangeProblems(problems: reader.problems) }
        return ImportedObjectives(items: items, notes: reader.notes)
    }

    private static func read(_ document: ForeignNode, _ indicators: [String: ForeignNode]) -> [ImportedObjectives.Item] {
        let reader = document.reader
        guard let metadata = document.required("metadata"), let name = metadata.required("name")?.text, let spec = document["spec"],
            let service = spec.required("service")?.text
        else { return [] }
        metadata.only(["name", "displayName", "labels", "annotations"])
        spec.only([
            "description", "service", "indicator", "indicatorRef", "timeWindow", "budgetingMethod", "objectives", "alertPolicies",
        ])
        // what this program wrote comes back as it was
        if let own = metadata["annotations"]?[OpenSLOExport.annotation], let text = own.text {
            guard let json = try? JSON(parsing: text), json["name"].string != nil else {
                reader.problem("the annotation \(OpenSLOExport.annotation) is no objective", at: own.node)
                return []
            }
            return [.init(app: service, objective: WrittenObjective(json: json))]
        }
        guard let objectives = spec.required("objectives"), let time = window(spec), let method = spec.required("budgetingMethod") else { return [] }
        if let policies = spec["alertPolicies"] {
            reader.note("alertPolicies are not taken over: the standard burn rate alerts hold, with a long and a short window", at: policies.node)
        }
        guard method.text == "Occurrences" else {
            let known = ["Occurrences", "Timeslices", "RatioTimeslices"]
            reader.problem(
                known.contains(method.text ?? "")
                    ? "budgetingMethod \(method.text ?? "") cannot be taken over: events are weighted by their number here; write an uptime objective by hand"
                    : "budgetingMethod must be one of \(known.joined(separator: ", "))", at: method.node)
            return []
        }
        guard let ratio = ratio(spec, indicators) else { return [] }
        let list = objectives.list
        if list.isEmpty { reader.problem("objectives must have one at least", at: objectives.node) }
        return list.enumerated().compactMap { index, objective in
            objective.only([
                "displayName", "op", "value", "target", "targetPercent", "timeSliceTarget", "timeSliceWindow", "compositeWeight", "indicator",
                "indicatorRef",
            ])
            for key in ["op", "value", "timeSliceTarget", "timeSliceWindow", "compositeWeight", "indicator", "indicatorRef"] {
                if let node = objective[key] { reader.problem("\(key) cannot be taken over", at: node.node) }
            }
            guard let target = target(objective) else { return nil }
            var json: JSON = .compact([
                "name": .string(list.count > 1 ? "\(name)-\(index + 1)" : name), "description": JSON(spec["description"]?.text),
            ])
            json["ratio"] = ratio
            json["objective"] = .string("\(target)")
            json["window"] = .string(time.window)
            if time.zone != "UTC" { json["time_zone"] = .string(time.zone) }
            return .init(app: service, objective: WrittenObjective(json: json))
        }
    }

    private static func target(_ objective: ForeignNode) -> Percent? {
        let reader = objective.reader
        switch (objective["target"], objective["targetPercent"]) {
        case (let target?, nil):
            // a share, whose decimals move by two places
            guard let text = target.text, let match = text.wholeMatch(of: /0?\.([0-9]{1,8})/) else {
                reader.problem("target must be a share below 1 with at most eight decimals", at: target.node)
                return nil
            }
            let digits = String(match.1) + String(repeating: "0", count: 8 - match.1.count)
            return Int(digits).map { Percent(millionths: $0) }
        case (nil, let percent?):
            if let value = percent.text.flatMap({ Percent($0) }), value.millionths < Percent.whole { return value }
            reader.problem("targetPercent must be below 100 and have at most six decimals", at: percent.node)
        case (.some, let percent?): reader.problem("there is a target beside targetPercent: keep one of them", at: percent.node)
        case (nil, nil): reader.problem("target or targetPercent is missing", at: objective.node)
        }
        return nil
    }

    private static func window(_ spec: ForeignNode) -> (window: String, zone: String)? {
        guard let windows = spec.required("timeWindow") else { return nil }
        let reader = spec.reader
        guard windows.list.count == 1, let window = windows.list.first else {
            reader.problem("timeWindow must have exactly one item", at: windows.node)
            return nil
        }
        window.only(["duration", "isRolling", "calendar"])
        guard let duration = window.required("duration"), let text = duration.text, let isRolling = window.required("isRolling")?.flag else {
            return nil
        }
        guard let match = text.wholeMatch(of: /([0-9]{1,4})([mhdwMQY])/), let number = Int(match.1) else {
            reader.problem("duration must be a number and one of m, h, d, w, M, Q, Y", at: duration.node)
            return nil
        }
        if isRolling {
            let days = match.2 == "d" ? number : match.2 == "w" ? number * 7 : 0
            guard (7...90).contains(days) else {
                reader.problem("a rolling window of \(text) cannot be taken over: it has 7 to 90 days", at: duration.node)
                return nil
            }
            return ("\(days)d", "UTC")
        }
        guard number == 1 && match.2 == "M" || number == 1 && match.2 == "Q" || number == 3 && match.2 == "M" else {
            reader.problem("a calendar window of \(text) cannot be taken over: it is a month (1M) or a quarter (1Q)", at: duration.node)
            return nil
        }
        guard let calendar = window.required("calendar") else { return nil }
        calendar.only(["startTime", "timeZone"])
        let start = calendar.required("startTime")
        if let start, start.text?.wholeMatch(of: /[0-9]{4}-[0-9]{2}-01 00:00:00/) == nil {
            reader.problem("startTime must be midnight on the first of a month, as 2026-01-01 00:00:00", at: start.node)
        }
        return (number == 1 && match.2 == "M" ? "month" : "quarter", calendar.required("timeZone")?.text ?? "UTC")
    }

    private static func ratio(_ spec: ForeignNode, _ indicators: [String: ForeignNode]) -> JSON? {
        let reader = spec.reader
        let indicator: ForeignNode?
        if let inline = spec["indicator"] {
            inline.only(["metadata", "spec"])
            indicator = inline.required("spec")
        } else if let reference = spec.required("indicatorRef") {
            indicator = indicators[reference.text ?? ""]
            if indicator == nil { reader.problem("there is no SLI \(reference.text ?? "") in the file", at: reference.node) }
        } else {
            indicator = nil
        }
        guard let indicator else { return nil }
        indicator.only(["description", "ratioMetric", "thresholdMetric"])
        if let threshold = indicator["thresholdMetric"] {
            reader.problem("thresholdMetric cannot be taken over: a value has no events to count. Write latency, or a ratio", at: threshold.node)
            return nil
        }
        guard let metric = indicator.required("ratioMetric") else { return nil }
        metric.only(["counter", "good", "bad", "total", "raw", "rawType"])
        if let raw = metric["raw"] {
            reader.problem("raw cannot be taken over: a ratio that is computed already has lost its counts", at: raw.node)
            return nil
        }
        guard (metric["good"] == nil) != (metric["bad"] == nil) else {
            reader.problem("ratioMetric needs either good or bad beside total", at: metric.node)
            return nil
        }
        let key = metric["good"] == nil ? "bad" : "good"
        guard let part = metric[key].flatMap(counter), let total = metric.required("total").flatMap(counter) else { return nil }
        return [key: .string("\(part)"), "total": .string("\(total)")]
    }

    /// The counter that a Prometheus query counts.
    private static func counter(_ node: ForeignNode) -> SeriesSelector? {
        node.only(["metricSource"])
        guard let source = node.required("metricSource"), let spec = source.required("spec"), let query = spec.required("query"),
            let text = query.text
        else {
            return nil
        }
        source.only(["metricSourceRef", "type", "spec"])
        if let type = source["type"], type.text?.lowercased() != "prometheus" {
            node.reader.problem("type must be Prometheus, not \(type.text ?? "")", at: type.node)
        }
        let form = /\s*sum\s*\((?:\s*(?:rate|increase)\s*\((.*)\[[^\]]*\]\s*\)|(.*))\)\s*/
        if let selector = SeriesSelector(text) { return selector }
        if let match = text.wholeMatch(of: form), let selector = SeriesSelector(String(match.1 ?? match.2 ?? "")) { return selector }
        node.reader.problem("\(query.path) cannot be taken over: it is no counter, nor sum(COUNTER) or sum(rate(COUNTER[…]))", at: query.node)
        return nil
    }
}
