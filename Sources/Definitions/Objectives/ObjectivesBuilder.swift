import Foundation
import ServiceModel

/// Makes objectives of `objectives`, and finds what their fields' types cannot say.
struct ObjectivesBuilder {
    let appID: String
    /// The load balancer counts the app's requests.
    let isBalanced: Bool
    /// The app's own metrics are read.
    let isScraped: Bool
    var problems: [Problem] = []

    init(appID: String, isBalanced: Bool, isScraped: Bool) {
        self.appID = appID
        self.isBalanced = isBalanced
        self.isScraped = isScraped
    }

    static let kinds = ["availability", "latency", "ratio", "uptime", "composite"]
    private static let path: DocumentPath = [.key("objectives")]

    mutating func note(_ message: String, at path: DocumentPath, isAboutKey: Bool = false) {
        problems.append(Problem(message, at: Self.path + path, isAboutKey: isAboutKey))
    }

    /// `true` for an indicator that needs no settings, as the checks of types want it: an empty map.
    static func expanded(_ document: JSON) -> JSON {
        guard case .array(let list) = document["objectives"] else { return document }
        var document = document
        document["objectives"] = .array(
            list.map { objective in
                var objective = objective
                for key in ["availability", "uptime"] where objective[key].bool == true { objective[key] = .object([:]) }
                return objective
            })
        return document
    }

    /// - Parameter place: where an objective stands.
    mutating func build(_ checked: JSON, place: (DocumentPath) -> Mark) -> [Objective] {
        var names: Set<String> = []
        var built: [(objective: Objective, path: DocumentPath)] = []
        for (index, value) in checked.array.enumerated() {
            let path: DocumentPath = [.index(index)]
            guard let name = value["name"].string else { continue }
            if name.count > 63 || name.wholeMatch(of: /[a-z0-9]([a-z0-9-]*[a-z0-9])?/) == nil {
                note("an objective's name has small letters, digits and - only, at most 63, as save-recipe", at: path + [.key("name")])
            }
            if !names.insert(name).inserted { note("there is an objective \(name) already", at: path + [.key("name")]) }
            let indicator = indicator(value, at: path)
            let target = target(value["objective"], at: path + [.key("objective")])
            guard let indicator, let target else { continue }
            var objective = Objective(name: name, summary: value["description"].string, indicator: indicator, target: target)
            let mark = place(Self.path + path + [.key("name")])
            (objective.file, objective.line, objective.column) = (mark.file, mark.line, mark.column)
            fill(&objective, value, at: path)
            built.append((objective, path))
        }
        checkComposites(built)
        for (objective, path) in built { checkProof(objective, at: path) }
        return built.map(\.objective)
    }

    private mutating func target(_ value: JSON, at path: DocumentPath) -> Percent? {
        guard let text = value.scalarText else { return nil }
        guard let target = Percent(text) else {
            note("objective must be a percentage with at most six decimals, such as 99.95, not \(text)", at: path)
            return nil
        }
        guard target.millionths < Percent.whole else {
            note(
                target.millionths == Percent.whole
                    ? "100 % leaves no budget: every change would have to wait for ever. Promise what users need, such as 99.95"
                    : "objective is a percentage below 100, not \(text)", at: path)
            return nil
        }
        if target.millionths <= 1_000_000 {
            note("\(target) is read as \(target) percent: write \((target.fraction * Fraction(10_000, 1)).decimal) if that was a share", at: path)
            return nil
        }
        return target
    }

    private mutating func fill(_ objective: inout Objective, _ value: JSON, at path: DocumentPath) {
        if let text = value["window"].string {
            switch text {
            case "month": objective.window = .month
            case "quarter": objective.window = .quarter
            default:
                if let match = text.wholeMatch(of: /([0-9]{1,4})([dw])/), let number = Int(match.1),
                    (7...90).contains(number * (match.2 == "w" ? 7 : 1))
                {
                    objective.window = .days(number * (match.2 == "w" ? 7 : 1))
                } else {
                    note("window must be 7d to 90d (the last so many days), month or quarter, not \(text)", at: path + [.key("window")])
                }
            }
        }
        if let zone = value["time_zone"].string {
            // abbreviations such as JST or EST mean different hours to different people
            let isNamed = zone == "UTC" || zone.contains("/")
            if isNamed, TimeZone(identifier: zone) != nil {
                objective.timeZone = zone
            } else {
                let hint = Naming.nearest(to: zone, among: TimeZone.knownTimeZoneIdentifiers).map { ", did you mean \($0)?" } ?? ""
                note("there is no time zone \(zone)\(hint.isEmpty ? ": write it as Asia/Tokyo or UTC" : hint)", at: path + [.key("time_zone")])
            }
        }
        objective.environment = value["environment"].string
        if let policy = value["no_data"].string.flatMap(Objective.MissingData.init) { objective.missingData = policy }
        fillGuard(&objective, value["low_traffic"], at: path + [.key("low_traffic")])
        let cost = value["cost_per_minute"]
        if let amount = cost["amount"].int, let currency = cost["currency"].string {
            if amount < 0 || amount > 1_000_000_000_000 {
                note("amount must be a whole number from 0", at: path + [.key("cost_per_minute"), .key("amount")])
            }
            if currency.wholeMatch(of: /[A-Z]{3}/) == nil {
                note("currency has three capital letters, such as JPY", at: path + [.key("cost_per_minute"), .key("currency")])
            }
            objective.cost = .init(amount: amount, currency: currency)
        }
        fillAlerts(&objective, value["alerts"], at: path)
    }

    private mutating func fillGuard(_ objective: inout Objective, _ value: JSON, at path: DocumentPath) {
        for key in ["events", "failures"] where !(0...1_000_000_000).contains(value[key].int ?? 0) {
            note("\(key) must be from 0 to 1000000000", at: path + [.key(key)])
        }
        objective.lowTraffic.events = value["events"].int ?? objective.lowTraffic.events
        objective.lowTraffic.failures = value["failures"].int ?? objective.lowTraffic.failures
    }

    private mutating func fillAlerts(_ objective: inout Objective, _ value: JSON, at path: DocumentPath) {
        if !value.isNull {
            objective.alerts = value.array.enumerated().compactMap { index, alert in
                self.alert(alert, of: objective, at: path + [.key("alerts"), .index(index)])
            }
            for (index, alert) in objective.alerts.enumerated() where objective.alerts[..<index].contains(where: { $0.minutes == alert.minutes }) {
                note("there is an alert over \(alert.text) already", at: path + [.key("alerts"), .index(index)])
            }
        }
        for (index, alert) in objective.alerts.enumerated() where !(alert.threshold(of: objective) < Fraction(1, 1)) {
            let rate = alert.burnRate(in: objective.window)
            let reason =
                "can never fire: it needs more than \((alert.threshold(of: objective) * Fraction(100, 1)).decimal) % failures"
                + " (\(rate.decimal) times the budget of \(objective.budget) %)"
            let ways = "let it fire at a smaller share of the budget or over a longer window, or promise more than \(Self.fireable(rate)) %"
            let place: DocumentPath = value.isNull ? [.key("objective")] : [.key("alerts"), .index(index)]
            note("the \(alert.severity.rawValue) alert over \(alert.text) \(reason): \(ways)", at: path + place)
        }
    }

    /// The target above which a burn rate can be reached, in percent, rounded up to two decimals.
    private static func fireable(_ rate: Fraction) -> String {
        let share = Double(Percent.whole) * (1 - 1 / rate.double)
        return Percent(millionths: Int((share / 10_000).rounded(.up)) * 10_000).description
    }

    private mutating func alert(_ value: JSON, of objective: Objective, at path: DocumentPath) -> BurnAlert? {
        guard let severity = value["severity"].string.flatMap(AlertRule.Severity.init), let window = value["window"].string,
            let share = value["budget"].scalarText
        else { return nil }
        guard let milliseconds = PromDuration.milliseconds(window), milliseconds % 720_000 == 0, milliseconds >= 3_600_000 else {
            note(
                "window must be at least 1h and a multiple of 12m, so that the short window beside it, a twelfth, has whole minutes, not \(window)",
                at: path + [.key("window")])
            return nil
        }
        let minutes = milliseconds / 60_000
        guard minutes < objective.window.nominalDays * 1_440 else {
            note(
                "the alert's window of \(window) is not shorter than the objective's of \(objective.window.text): the budget would be gone before it fires",
                at: path + [.key("window")])
            return nil
        }
        guard let share = Percent(share), share.millionths > 0, share.millionths <= Percent.whole, share.millionths % 10_000 == 0 else {
            note(
                "budget is the percentage of the budget that may be gone when it fires, more than 0, at most 100, with at most two decimals",
                at: path + [.key("budget")])
            return nil
        }
        return BurnAlert(severity: severity, minutes: minutes, share: share)
    }
}
