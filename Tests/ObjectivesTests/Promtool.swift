import Definitions
import Foundation
import Objectives
import Subprocess
import SystemPackage
import TestSupport

/// Prometheus's own tool, the judge of rules.
enum Promtool {
    static var isInstalled: Bool { path != nil }
    private static var path: String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/promtool" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static func run(_ arguments: [String]) async throws -> (isSuccess: Bool, text: String) {
        let result = try await Subprocess.run(
            .path(FilePath(path ?? "promtool")), arguments: Arguments(arguments), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        return (result.terminationStatus.isSuccess, result.standardOutput + result.standardError)
    }

    /// What `promtool test rules` says of the rules with a test whose body is `tests`; nil when it is content.
    static func complaint(_ rules: String, tests: String, interval: String = "1m") async throws -> String? {
        try await withTemporaryDirectory { folder in
            try rules.write(to: folder.appending(path: "rules.yml"), atomically: true, encoding: .utf8)
            let text = "rule_files: [rules.yml]\nevaluation_interval: \(interval)\ntests:\n" + tests
            try text.write(to: folder.appending(path: "test.yml"), atomically: true, encoding: .utf8)
            let answer = try await run(["test", "rules", folder.appending(path: "test.yml").path])
            return answer.isSuccess ? nil : answer.text
        }
    }
}

func objective(
    _ name: String = "a", _ indicator: Objective.Indicator = .availability(.init(source: .app)), _ target: String = "99.9", summary: String? = nil,
    window: Objective.Window = .days(30), zone: String = "UTC", missingData: Objective.MissingData? = nil, lowTraffic: Objective.LowTraffic? = nil,
    alerts: [BurnAlert] = BurnAlert.standard
) -> Objective {
    Objective(
        name: name, summary: summary, indicator: indicator, target: Percent(target) ?? Percent(millionths: 0), window: window, timeZone: zone,
        missingData: missingData, lowTraffic: lowTraffic, alerts: alerts)
}

func rules(_ objectives: Objective...) -> String {
    ObjectiveRules.rendered(app: "web", team: "kitchen", objectives: objectives)?.text ?? ""
}
