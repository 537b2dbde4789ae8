import Foundation
import NIOCore
import ServiceModel

/// Reads a metric that the Prometheus does not have.
enum SeriesMissing {
    static let check = NamedCheck(id: "series-missing", severity: .warning, summary: "the Prometheus has had no such series for a day")
}

/// Would have fired too often to be read.
enum AlertNoisy {
    static let check = NamedCheck(id: "alert-noisy", severity: .warning, summary: "the alert would have fired more than ten times in the last day")
    static let limit = 10
}

/// Costs the Prometheus much at every evaluation.
enum QueryExpensive {
    static let check = NamedCheck(
        id: "query-expensive", severity: .warning, summary: "the query reads more than a million samples, or takes longer than a second")
    static let samples = 1_000_000
    static let seconds = 1.0
}

/// The checks that ask a Prometheus.
struct OnlineChecks: Sendable {
    let prometheus: any PrometheusQueries
    let settings: CheckSettings
    private static let day = 86_400.0

    private struct Work: Sendable {
        let file: String
        let group: RuleFile.Group
        let rule: RuleFile.Rule
    }

    /// - Parameter refused: findings of rules that Prometheus would not load, and so would not answer.
    func findings(in files: [RuleFile], besides refused: [Finding] = []) async throws(RulesError) -> [Finding] {
        let unusable = Set(refused.map { "\($0.file):\($0.rule ?? "")" })
        let work = files.flatMap { file in file.groups.flatMap { group in group.rules.map { Work(file: file.path, group: group, rule: $0) } } }
            .filter { !unusable.contains("\($0.file):\($0.rule.name.text)") }
        let recorded = Set(work.filter { $0.rule.kind == .recording }.map(\.rule.name.text))
        let end = Date().timeIntervalSince1970.rounded(.down)
        let outcome = await withTaskGroup(of: Result<[Finding], RulesError>.self) { group in
            var results: [Result<[Finding], RulesError>] = []
            // A few at a time: the Prometheus has other work.
            for (index, item) in work.enumerated() {
                if index >= 4, let done = await group.next() { results.append(done) }
                group.addTask {
                    do throws(RulesError) { return .success(try await findings(item, recorded, end)) } catch { return .failure(error) }
                }
            }
            for await done in group { results.append(done) }
            return results
        }
        var all: [Finding] = []
        for result in outcome { all += try result.get() }
        return all
    }

    private func findings(_ work: Work, _ recorded: Set<String>, _ end: Double) async throws(RulesError) -> [Finding] {
        guard let checked = CheckedRule(work.rule, in: work.group, settings: settings, runbooks: nil) else { return [] }
        func finding(_ check: NamedCheck, _ message: String, _ place: Range<SourcePosition>) -> Finding {
            Finding(
                check: check.id, severity: check.severity, message: message, file: work.file, start: place.lowerBound, end: place.upperBound,
                rule: work.rule.name.text)
        }
        var findings: [Finding] = []
        var asked: Set<String> = []
        for (selector, part) in checked.selectors where Self.mustExist(part) {
            guard let metric = selector.metric, !recorded.contains(metric), !metric.hasPrefix("ALERTS") else { continue }
            let text = Self.text(selector)
            guard asked.insert(text).inserted, try await count("count(\(text))") == 0, try await count("count(present_over_time(\(text)[1d]))") == 0
            else {
                continue
            }
            findings.append(
                finding(
                    SeriesMissing.check, "Prometheus has had no series \(text) for a day: correct the name or the matchers, or wait for its app",
                    checked.place(part.node.range)))
        }
        if let cost = try await cost(checked) { findings.append(finding(QueryExpensive.check, cost, checked.place(checked.query.range))) }
        guard checked.isAlert, !checked.isWatchdog else { return findings }
        let interval = work.group.interval ?? settings.evaluationInterval
        let backtest = Backtest(prometheus: prometheus, step: max(60, interval), seconds: Self.day)
        let firings = try await backtest.outcome(of: work.rule, end: end)
        if firings.count > AlertNoisy.limit {
            findings.append(
                finding(
                    AlertNoisy.check,
                    "this would have fired \(firings.count) times in the last day, for \(PromQLDuration.text(firings.seconds)) in all: "
                        + "raise the threshold or for, or group it", checked.name))
        }
        return findings
    }

    private func count(_ expression: String) async throws(RulesError) -> Int {
        try await prometheus.query(expression)["result"][0]["value"][1].string.flatMap(Double.init).map { Int($0) } ?? 0
    }

    private func cost(_ rule: CheckedRule) async throws(RulesError) -> String? {
        let statistics = try await prometheus.query(rule.rule.expression.text)["stats"]
        let samples = statistics["samples"]["totalQueryableSamples"].int ?? 0
        let seconds = statistics["timings"]["evalTotalTime"].double ?? 0
        guard samples > QueryExpensive.samples || seconds > QueryExpensive.seconds else { return nil }
        return "one evaluation reads \(samples) samples in \(PromQLDuration.text(seconds)): record a part of it, or narrow the selectors"
    }

    /// Nothing is a fine answer below absent, and on the right of or and unless.
    private static func mustExist(_ part: CheckedRule.Part) -> Bool {
        var below = part.node
        for above in part.path.reversed() {
            if case .call(let call) = above.kind, call.function.hasPrefix("absent") { return false }
            if case .binary(let binary) = above.kind, ["or", "unless"].contains(binary.operation), binary.right.range == below.range { return false }
            below = above
        }
        return true
    }

    private static func text(_ selector: PromQL.Selector) -> String {
        let matchers = selector.matchers.map { "\($0.label)\($0.operation.rawValue)\(JSON.string($0.value).text)" }
        return (selector.name ?? "") + (matchers.isEmpty ? "" : "{\(matchers.joined(separator: ","))}")
    }
}
