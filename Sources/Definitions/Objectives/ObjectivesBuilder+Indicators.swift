import PrometheusText
import ServiceModel

extension ObjectivesBuilder {
    /// The one indicator of an objective.
    mutating func indicator(_ value: JSON, at path: DocumentPath) -> Objective.Indicator? {
        let present = Self.kinds.filter { !value[$0].isNull }
        guard let kind = present.first else {
            note("an objective needs one of \(Self.kinds.joined(separator: ", ")): what is to be counted", at: path)
            return nil
        }
        guard present.count == 1 else {
            note(
                "\(present.joined(separator: " and ")) in one objective: each has one indicator; write two, and a composite over them",
                at: path + [.key(present[1])], isAboutKey: true)
            return nil
        }
        let settings = value[kind]
        let place = path + [.key(kind)]
        switch kind {
        case "availability": return requests(settings, at: place).map { .availability($0) }
        case "latency": return latency(settings, at: place)
        case "ratio": return ratio(settings, at: place)
        case "uptime": return uptime(settings, at: place)
        default: return composite(settings, at: place)
        }
    }

    private mutating func requests(_ value: JSON, at path: DocumentPath) -> Objective.Requests? {
        let match = Dictionary(
            value["match"].object.compactMap { key, value in value.string.map { (key, $0) } }, uniquingKeysWith: { first, _ in first })
        for key in match.keys.sorted() where !WatchingNames.isLabel(key) || key == "app" {
            note(
                "\(key) cannot be matched: a label has letters, digits and _ only, and app is put in by itself",
                at: path + [.key("match"), .key(key)],
                isAboutKey: true)
        }
        let written = value["source"].string.flatMap(Objective.Requests.Source.init)
        let source = written ?? (isBalanced && match.isEmpty ? .haproxy : .app)
        switch source {
        case .haproxy where !isBalanced, .alb where !isBalanced:
            note("\(appID) has no elb_v2, so no load balancer counts its requests: take source: app", at: path + [.key("source")])
            return nil
        case .haproxy where !match.isEmpty:
            note(
                "the load balancer knows no \(match.keys.sorted().joined(separator: ", ")): take source: app", at: path + [.key("match")],
                isAboutKey: true)
            return nil
        case .app where !isScraped:
            note(
                "the app's own metrics are not read: add monitoring with a port\(isBalanced ? ", or take source: haproxy" : "")", at: path,
                isAboutKey: true)
            return nil
        default: return .init(source: source, match: match)
        }
    }

    private mutating func latency(_ value: JSON, at path: DocumentPath) -> Objective.Indicator? {
        guard let requests = requests(value, at: path), let text = value["within"].string else { return nil }
        guard let milliseconds = PromDuration.milliseconds(text) else {
            note("within must be a duration such as 250ms or 1s", at: path + [.key("within")])
            return nil
        }
        guard requests.source != .alb else {
            note(
                "CloudWatch tells averages and percentiles of a load balancer, not how many requests were answered within \(text): take source: app",
                at: path + [.key("source")])
            return nil
        }
        let bounds = Histogram.requestSeconds.map { Int(($0 * 1_000).rounded()) }
        if requests.source == .haproxy, !bounds.contains(milliseconds) {
            let list = bounds.map { "\($0)ms" }.joined(separator: ", ")
            note("the load balancer's histogram does not tell what is within \(text): it has \(list)", at: path + [.key("within")])
            return nil
        }
        return .latency(requests, milliseconds: milliseconds)
    }

    private mutating func ratio(_ value: JSON, at path: DocumentPath) -> Objective.Indicator? {
        let parts = ["bad", "good"].filter { !value[$0].isNull }
        guard let key = parts.first, parts.count == 1 else {
            note("ratio needs either bad or good beside total\(parts.isEmpty ? "" : ", not both")", at: path, isAboutKey: true)
            return nil
        }
        guard let part = selector(value[key], at: path + [.key(key)]), let total = selector(value["total"], at: path + [.key("total")]) else {
            return nil
        }
        return .ratio(.init(part: part, isGood: key == "good", total: total))
    }

    private mutating func uptime(_ value: JSON, at path: DocumentPath) -> Objective.Indicator? {
        guard !value["series"].isNull else {
            if !isScraped {
                note(
                    "uptime without series reads whether the app's metrics can be had, but they are not read: add monitoring with a port", at: path,
                    isAboutKey: true)
            }
            return .uptime(nil)
        }
        return selector(value["series"], at: path + [.key("series")], isCounter: false).map { .uptime($0) }
    }

    private mutating func composite(_ value: JSON, at path: DocumentPath) -> Objective.Indicator? {
        let names = value["product"].strings
        let weights = Dictionary(
            value["weights"].object.compactMap { key, value in value.int.map { (key, $0) } }, uniquingKeysWith: { first, _ in first })
        guard names.isEmpty != weights.isEmpty else {
            note(
                "composite needs either product: [NAME, …] or weights: {NAME: WEIGHT, …}\(names.isEmpty ? "" : ", not both")", at: path,
                isAboutKey: true)
            return nil
        }
        for (name, weight) in weights where !(1...1_000).contains(weight) {
            note("a weight is a whole number from 1 to 1000", at: path + [.key("weights"), .key(name)])
        }
        if Set(names).count != names.count { note("an objective stands twice in product", at: path + [.key("product")]) }
        return .composite(weights.isEmpty ? .product(names) : .weights(weights))
    }

    private mutating func selector(_ value: JSON, at path: DocumentPath, isCounter: Bool = true) -> SeriesSelector? {
        guard let text = value.string else { return nil }
        guard let selector = SeriesSelector(text) else {
            note(
                "\(path.last?.description ?? "") must be one metric with matchers, as http_requests_total{method=\"POST\"}, without functions and ranges:"
                    + " these are put around it", at: path)
            return nil
        }
        if let matcher = selector.matchers.first(where: { $0.label == "app" }), matcher.sign != "=" || ![appID, ""].contains(matcher.value) {
            note(
                "an objective of \(appID) counts \(appID) only, not app\(matcher.sign)\"\(matcher.value)\": leave it out, it is put in by itself",
                at: path)
        }
        let suffixes = ["_total", "_count", "_sum", "_bucket"]
        if isCounter, !suffixes.contains(where: selector.name.hasSuffix) {
            note("\(selector.name) does not look like a counter: counters end in \(suffixes.joined(separator: ", "))", at: path)
        }
        return selector
    }

    /// Composites name objectives of the app that are none themselves.
    mutating func checkComposites(_ built: [(objective: Objective, path: DocumentPath)]) {
        let known = Dictionary(built.map { ($0.objective.name, $0.objective) }, uniquingKeysWith: { first, _ in first })
        for (objective, path) in built {
            guard case .composite(let composite) = objective.indicator else { continue }
            for name in composite.components {
                guard let component = known[name] else {
                    let hint = Naming.nearest(to: name, among: known.keys).map { ", did you mean \($0)?" } ?? ""
                    note("there is no objective \(name)\(hint)", at: path + [.key("composite")], isAboutKey: true)
                    continue
                }
                if case .composite = component.indicator {
                    note("\(name) is a composite itself: name what it is made of", at: path + [.key("composite")], isAboutKey: true)
                } else if (component.window, component.timeZone) != (objective.window, objective.timeZone) {
                    note(
                        "\(name) has another window (\(component.window.text), \(component.timeZone)) than \(objective.name)"
                            + " (\(objective.window.text), \(objective.timeZone)): only equal ones can be put together",
                        at: path + [.key("composite")], isAboutKey: true)
                }
            }
        }
    }

    /// More nines than anybody could ever see.
    mutating func checkProof(_ objective: Objective, at path: DocumentPath) {
        if objective.indicator.countsMinutes {
            let allowed = Fraction(objective.window.nominalDays * 1_440, 1) * objective.budget.fraction
            guard allowed < Fraction(1, 1) else { return }
            note(
                "\(objective.target) % of \(objective.window.text) allows \(allowed.decimal) minutes, but uptime is counted in whole minutes:"
                    + " the first bad one breaks the promise", at: path + [.key("objective")])
        } else if objective.budget.millionths < 1_000 {
            let needed = objective.target.eventsToProve
            guard objective.lowTraffic.events < needed else { return }
            note(
                "\(objective.target) % has more than five nines: it takes \(needed) events without a failure to show it."
                    + " If there are that many, say so with low_traffic: {events: \(needed)}", at: path + [.key("objective")])
        }
    }
}

extension Percent {
    /// How many events without a failure it takes to show this share with 95 % confidence: n ≥ z²·s/(1 − s), z = 1.96, the bound of Wilson's interval.
    public var eventsToProve: Int {
        Int((3.8416 * Double(millionths) / Double(Self.whole - millionths)).rounded(.up))
    }
}
