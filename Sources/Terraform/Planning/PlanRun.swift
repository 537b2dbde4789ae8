import Foundation
public import ServiceModel

/// Plans several projects side by side.
public struct PlanRun: Sendable {
    public struct Result: Sendable {
        public let project: Project
        public let outcome: PlanJob.Outcome
    }

    let jobs: [PlanJob]
    /// How many run at once.
    let width: Int

    public init(_ jobs: [PlanJob], width: Int) {
        self.jobs = jobs
        self.width = max(1, width)
    }

    /// - Parameter report: told of every step of every project.
    public func run(_ report: @escaping @Sendable (Project, PlanJob.Step) -> Void) async -> [Result] {
        await SideBySide.run(jobs, width: width) { job in
            Result(project: job.project, outcome: await job.run { report(job.project, $0) })
        }
    }
}

extension PlanRun.Result {
    public var json: JSON {
        switch outcome {
        case .failed(let errors): .object(["project": .string(project.name), "outcome": "failed", "errors": JSON(errors)])
        case .planned(let bundle, let report, let summary, let folder):
            .object([
                "project": .string(project.name), "outcome": .string(!report.isPassed ? "violations" : summary.hasChanges ? "changes" : "no-changes"),
                "bundle": .string(folder), "digest": .string(bundle.digest), "check": report.json, "summary": summary.json,
            ])
        }
    }
}

/// Lets one after another in: Terraform's plugin cache does not stand two inits at once.
public actor Turnstile {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    public init() {}

    /// Runs `body` when nobody else is in.
    func pass(_ body: @Sendable () async throws -> Void) async throws {
        if isTaken { await withCheckedContinuation { waiting.append($0) } }
        isTaken = true
        defer {
            if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
        }
        try await body()
    }
}
