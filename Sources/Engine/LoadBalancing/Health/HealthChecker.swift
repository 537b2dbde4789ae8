import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

/// Who wants to know of the health of targets.
protocol TargetHealthObserver: Sendable {
    /// Called for each change, one after the other for the same target.
    func targetHealthChanged(_ target: CheckedTarget, to health: TargetHealth) async
}

/// Checks targets at the pace of their groups. Sleeps until the next check is due; without targets it does nothing.
actor HealthChecker {
    private struct Entry {
        var target: CheckedTarget
        var machine: TargetHealthMachine
        var due: Date
        var isRunning = false
    }

    private let observer: any TargetHealthObserver
    private let firstInterval: Double?
    private let wrongAnswerInterval: Double
    private let limit: Int
    private let wakeup = Wakeup()
    private var entries: [CheckedTarget.ID: Entry] = [:]
    private var running = 0

    /// - Parameters:
    ///   - firstInterval: seconds between the first checks of a new target; nil for the group's own interval.
    ///   - wrongAnswerInterval: see ``TargetHealthMachine``.
    ///   - limit: how many checks run at a time.
    init(observer: any TargetHealthObserver, firstInterval: Double?, wrongAnswerInterval: Double = .infinity, limit: Int = 32) {
        self.observer = observer
        self.firstInterval = firstInterval
        self.wrongAnswerInterval = wrongAnswerInterval
        self.limit = limit
    }

    /// Checks these targets from now on and no others.
    func update(_ targets: [CheckedTarget]) {
        var updated: [CheckedTarget.ID: Entry] = [:]
        let now = Date.now
        for target in targets {
            if var entry = entries[target.id], entry.target.isSameRegistration(as: target) {
                entry.target = target
                entry.due = min(entry.due, now.addingTimeInterval(Double(target.settings.interval)))
                updated[target.id] = entry
            } else {
                let machine = TargetHealthMachine(
                    health: target.health, now: now, grace: target.grace, wrongAnswerInterval: wrongAnswerInterval)
                updated[target.id] = Entry(target: target, machine: machine, due: now)
            }
        }
        entries = updated
        wakeup.wake()
    }

    /// Checks until the task is cancelled.
    func run() async {
        let client = HTTPClient(eventLoopGroupProvider: .shared(.singletonMultiThreadedEventLoopGroup), configuration: HTTPProbe.configuration)
        await run(with: HTTPProbe(client: client))
        try? await client.shutdown()
    }

    /// Checks with another probe.
    func run(with probe: some HealthProbe) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let now = Date.now
                // The longest overdue first, so that no target waits for ever while others are checked again and again.
                let due = entries.filter { !$0.value.isRunning && $0.value.due <= now }.sorted { $0.value.due < $1.value.due }
                for (id, entry) in due.prefix(limit - running) {
                    entries[id]?.isRunning = true
                    running += 1
                    group.addTask { await self.check(entry.target, with: probe) }
                }
                let next = running < limit ? entries.values.filter { !$0.isRunning }.map(\.due).min() : nil
                await wakeup.wait(atMost: next.map { .seconds(max(0.001, $0.timeIntervalSinceNow)) })
            }
            group.cancelAll()
        }
    }

    private func check(_ target: CheckedTarget, with probe: some HealthProbe) async {
        var failure: HealthCheckFailure?
        do throws(HealthCheckFailure) {
            let status = try await probe.status(of: target.address, path: target.settings.path, timeout: target.settings.timeout)
            if !target.settings.matcher.matches(status) { failure = .status(status) }
        } catch {
            failure = error
        }
        running -= 1
        defer { wakeup.wake() }
        // It may have been deregistered, or registered anew, while the check ran.
        guard !Task.isCancelled, var entry = entries[target.id], entry.target.isSameRegistration(as: target) else { return }
        let now = Date.now
        let change = entry.machine.record(failure, settings: entry.target.settings, now: now)
        let pace = firstInterval ?? Double(entry.target.settings.interval)
        entry.due = now.addingTimeInterval(entry.machine.delay(settings: entry.target.settings, first: pace, now: now))
        entries[target.id] = entry
        if let change { await observer.targetHealthChanged(entry.target, to: change) }
        entries[target.id]?.isRunning = false
    }
}
