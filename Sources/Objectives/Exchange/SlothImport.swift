import Definitions
import ServiceModel

/// Reads Sloth's `prometheus/v1`.
public enum SlothImport {
    /// - Throws: ``ExchangeProblems`` with everything that cannot be taken over.
    public static func read(_ text: String, file: String) throws(ExchangeProblems) -> ImportedObjectives {
        let reader = ForeignReader(file: file)
        var items: [ImportedObjectives.Item] = []
        for document in reader.documents(text) { items += read(document) }
        if items.isEmpty, reader.problems.isEmpty {
            throw ExchangeProblems(problems: [ExchangeProblem(file: file, line: 1, column: 1, message: "there is no objective in it")])
        }
        guard reader.problems.isEmpty else { throw ExchangeProblems(problems: reader.problems) }
        return ImportedObjectives(items: items, notes: reader.notes)
    }

    private static func read(_ document: ForeignNode) -> [ImportedObjectives.Item] {
        document.only(["version", "service", "labels", "slos"])
        guard let version = document.required("version"), let service = document.required("service")?.text, let slos = document.required("slos")
        else {
            return []
        }
        if version.text != "prometheus/v1" { document.reader.problem("version must be prometheus/v1, not \(version.text ?? "")", at: version.node) }
        if let labels = document["labels"] {
            document.reader.note("labels are not taken over: app and team are put on by themselves", at: labels.node)
        }
        return slos.list.compactMap { slo in objective(slo).map { .init(app: service, objective: $0) } }
    }

    private static func objective(_ slo: ForeignNode) -> WrittenObjective? {
        slo.only(["name", "description", "objective", "labels", "sli", "alerting"])
        guard let name = slo.required("name")?.text, let target = slo.required("objective"), let sli = slo.required("sli") else { return nil }
        sli.only(["events", "raw", "plugin"])
        for (key, reason) in ["raw": "a ratio that is computed already has lost its counts", "plugin": "its queries are made by code in Go"] {
            if let node = sli[key] {
                slo.reader.problem("sli.\(key) cannot be taken over: \(reason). Write sli.events with two counters", at: node.node)
            }
        }
        guard let events = sli["events"] else {
            if sli["raw"] == nil, sli["plugin"] == nil { slo.reader.problem("events is missing", at: sli.node) }
            return nil
        }
        events.only(["error_query", "total_query"])
        guard let bad = events.required("error_query"), let total = events.required("total_query"), let part = counter(bad), let all = counter(total)
        else { return nil }
        guard let percent = target.text.flatMap({ Percent($0) }) else {
            slo.reader.problem("objective must be a percentage with at most six decimals", at: target.node)
            return nil
        }
        var json: JSON = .compact(["name": .string(name), "description": JSON(slo["description"]?.text)])
        json["ratio"] = ["bad": .string("\(part)"), "total": .string("\(all)")]
        json["objective"] = .string("\(percent)")
        json["window"] = "30d"
        if let labels = slo["labels"] { slo.reader.note("labels are not taken over: app and team are put on by themselves", at: labels.node) }
        if let alerting = slo["alerting"], let alerts = alerts(alerting) { json["alerts"] = alerts }
        return WrittenObjective(json: json)
    }

    /// The counter in `sum(rate(COUNTER[{{.window}}]))`.
    private static func counter(_ node: ForeignNode) -> SeriesSelector? {
        guard let text = node.text else { return nil }
        let flat = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let form = /\s*\(?\s*sum\s*\(\s*(?:rate|increase)\s*\((.*)\[\s*\{\{\s*\.window\s*\}\}\s*\]\s*\)\s*\)\s*\)?\s*/
        if let match = flat.wholeMatch(of: form), let selector = SeriesSelector(String(match.1)) { return selector }
        node.reader.problem(
            "\(node.path) cannot be taken over: it is not sum(rate(COUNTER{…}[{{.window}}])). Record what it says as a counter, and name that",
            at: node.node)
        return nil
    }

    private static func alerts(_ alerting: ForeignNode) -> JSON? {
        alerting.only(["name", "labels", "annotations", "page_alert", "ticket_alert"])
        for key in ["name", "labels", "annotations"] {
            if let node = alerting[key] {
                alerting.reader.note("alerting.\(key) is not taken over: the alert has its own words and finds its channel", at: node.node)
            }
        }
        var off: Set<AlertRule.Severity> = []
        for severity in [AlertRule.Severity.page, .ticket] {
            guard let alert = alerting["\(severity.rawValue)_alert"] else { continue }
            alert.only(["disable", "labels", "annotations"])
            if alert["disable"]?.flag == true { off.insert(severity) }
            for key in ["labels", "annotations"] {
                if let node = alert[key] {
                    alert.reader.note("\(node.path) is not taken over: the alert has its own words and finds its channel", at: node.node)
                }
            }
        }
        guard !off.isEmpty else { return nil }
        return .array(
            BurnAlert.standard.filter { !off.contains($0.severity) }.map { alert in
                ["severity": .string(alert.severity.rawValue), "window": .string(alert.text), "budget": .string("\(alert.share)")]
            })
    }
}
