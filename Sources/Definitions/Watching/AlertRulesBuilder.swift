import ServiceModel

/// Makes rules of `alerts`, and finds what their fields' types cannot say.
struct AlertRulesBuilder {
    let appID: String
    private(set) var problems: [Problem] = []

    init(appID: String) { self.appID = appID }

    private static let path: DocumentPath = [.key("alerts")]
    /// What a rule may not say itself, and why.
    private static let ownLabels = ["app": "it is always \"%\", and put on by itself", "team": "it is the owner, and put on by itself"]

    private mutating func note(_ message: String, at path: DocumentPath, isAboutKey: Bool = false) {
        problems.append(Problem(message, at: Self.path + path, isAboutKey: isAboutKey))
    }

    /// - Parameter place: where a rule stands.
    mutating func build(_ checked: JSON, place: (DocumentPath) -> Mark) -> [AlertRule] {
        var names: Set<String> = []
        return checked.array.enumerated().compactMap { index, rule -> AlertRule? in
            let path: DocumentPath = [.index(index)]
            guard let name = rule["alert"].string else { return nil }
            if !WatchingNames.isAlert(name) {
                note(
                    "an alert's name starts with a capital letter and has letters and digits only, as RecipesWriteErrors", at: path + [.key("alert")])
            }
            if !names.insert(name).inserted { note("there is an alert \(name) already", at: path + [.key("alert")]) }
            guard let expr = rule["expr"].string else { return nil }
            checkExpression(expr, at: path + [.key("expr")])
            for key in ["for", "keep_firing_for"] {
                guard let duration = rule[key].string, !WatchingNames.isDuration(duration) else { continue }
                note("\(key) must be a duration such as 30s, 5m or 1h30m", at: path + [.key(key)])
            }
            var labels = checkLabels(rule["labels"], at: path + [.key("labels")])
            if labels["severity"] == nil { labels["severity"] = AlertRule.Severity.ticket.rawValue }
            for key in rule["annotations"].object.keys where !WatchingNames.isLabel(key) {
                note("an annotation's name has letters, digits and _ only", at: path + [.key("annotations"), .key(key)], isAboutKey: true)
            }
            let mark = place(Self.path + path + [.key("alert")])
            return AlertRule(
                name: name, expr: expr, for: rule["for"].string, keepFiringFor: rule["keep_firing_for"].string, labels: labels,
                annotations: Self.texts(rule["annotations"]), file: mark.file, line: mark.line, column: mark.column)
        }
    }

    private mutating func checkExpression(_ expr: String, at path: DocumentPath) {
        if expr.allSatisfy(\.isWhitespace) { note("expr is empty", at: path) }
        // series without an app are nobody's, so that everybody may read them
        let allowed = [appID, ""].map { AppSelection.Matcher(sign: "=", value: $0) }
        for matcher in AppSelection.matchers(in: expr) where !allowed.contains(matcher) {
            note(
                "a rule of \(appID) selects \(appID) only, not app\(matcher.sign)\"\(matcher.value)\": leave it out, it is put in by itself",
                at: path)
        }
    }

    private mutating func checkLabels(_ labels: JSON, at path: DocumentPath) -> [String: String] {
        for (key, value) in labels.object {
            let place = path + [.key(key)]
            if let reason = Self.ownLabels[key] {
                note("\(key) cannot be set here: \(reason.replacing("%", with: appID))", at: place, isAboutKey: true)
            } else if key == "alertname" {
                note("alertname cannot be set here: it is what stands at alert", at: place, isAboutKey: true)
            } else if !WatchingNames.isLabel(key) {
                note("a label's name has letters, digits and _ only, and does not start with a digit or __", at: place, isAboutKey: true)
            } else if key == "severity", let text = value.string, AlertRule.Severity(rawValue: text) == nil {
                let known = AlertRule.Severity.allCases.map(\.rawValue)
                let hint = Naming.nearest(to: text, among: known).map { ", did you mean \($0)?" } ?? ""
                note("severity \"\(text)\" is none of \(known.joined(separator: ", "))\(hint)", at: place)
            }
        }
        return Self.texts(labels)
    }

    private static func texts(_ value: JSON) -> [String: String] {
        Dictionary(value.object.compactMap { key, value in value.string.map { (key, $0) } }, uniquingKeysWith: { first, _ in first })
    }
}
