import AWS
import Foundation
public import ServiceModel

/// Puts a fault into an app on the engine for a while, and watches who notices. AWS's ECS has no drills: they are the engine's own.
public struct Drill: Sendable {
    /// What is done to whom, and for how long.
    public struct Plan: Sendable {
        public let app: String
        public let cluster: String
        /// `kill-task`, `latency` or `errors`.
        public let fault: String
        /// Seconds between two tasks that die, milliseconds, or requests of a hundred; nil for the engine's own choice.
        public let amount: Int?
        public let duration: Duration
        /// Who does it, for the record.
        public let by: String

        public init(app: String, cluster: String, fault: String, amount: Int?, duration: Duration, by: String) {
            self.app = app
            self.cluster = cluster
            self.fault = fault
            self.amount = amount
            self.duration = duration
            self.by = by
        }
    }

    let plan: Plan
    let session: Session
    /// How long to wait at the end for a message that is on its way.
    private static let grace = Duration.seconds(15)

    public init(_ plan: Plan, session: Session) {
        self.plan = plan
        self.session = session
    }

    /// Runs the drill to its end. Whoever asks to stop ends the fault at once.
    ///
    /// - Parameter ledger: the app's alerts as the server's `/api/apps/APP/alerts` gives them; nil where no server can be asked.
    /// - Throws: `AWSError` when the engine refuses the drill. The fault never outlasts this call, or its own end if the process is killed.
    public func run(ledger: (@Sendable () async -> JSON)?) async throws -> DrillReport {
        let seconds = Int(plan.duration.components.seconds)
        let started = try await session.calls.call(
            .drills, "StartDrill",
            .compact([
                "cluster": .string(plan.cluster), "service": .string(plan.app), "fault": .string(plan.fault), "amount": JSON(plan.amount),
                "durationSeconds": .integer(seconds), "startedBy": .string(plan.by),
            ]))["drill"]
        let begin = Date()
        var report = DrillReport(plan, amount: started["amount"].int ?? 0, isWatched: ledger != nil)
        session.report(.step("\(report.what) since now, for \(seconds) s"))
        do {
            try await watch(&report, since: begin, ledger)
        } catch {
            _ = try? await stop()
            throw error
        }
        report.isCutShort = await session.interruption.isRequested
        if let drill = try await stop() { report.killedTasks = drill["killedTasks"].int ?? report.killedTasks }
        report.seconds = Date().timeIntervalSince(begin)
        session.report(.step("the fault is gone"))
        guard let ledger, !report.isCutShort else { return report }
        let deadline = session.time.now() + Self.grace
        while !report.isTold, session.time.now() < deadline {
            if try await session.pause(.seconds(1)) { break }
            report.take(await ledger(), since: begin).forEach(announce)
        }
        return report
    }

    private func watch(_ report: inout DrillReport, since begin: Date, _ ledger: (@Sendable () async -> JSON)?) async throws {
        let end = session.time.now() + plan.duration
        while session.time.now() < end {
            if try await session.pause(min(.seconds(1), end - session.time.now())) { return }
            if let ledger { report.take(await ledger(), since: begin).forEach(announce) }
            let running = try await session.calls.call(.drills, "ListDrills", ["cluster": .string(plan.cluster)])["drills"].array
            guard let mine = running.first(where: { $0["service"].string == plan.app }) else { return }
            report.killedTasks = mine["killedTasks"].int ?? 0
        }
    }

    /// Ends the fault.
    ///
    /// - Returns: the drill as it was; nil when it had ended by itself.
    private func stop() async throws -> JSON? {
        do {
            return try await session.calls.call(
                .drills, "StopDrill", ["cluster": .string(plan.cluster), "service": .string(plan.app)])["drill"]
        } catch let error where error.code == "DrillNotFoundException" {
            return nil
        }
    }

    private func announce(_ notice: DrillReport.Notice) { session.report(.step(notice.text)) }
}
