import Deployments
import Foundation
import Synchronization

/// Shows on stderr how a flow goes on: on a terminal with one line that keeps changing, elsewhere with plain lines.
final class ProgressPrinter: Sendable {
    private struct State {
        var liveLine = ""
        var lastCounts: [DeploymentCounts] = []
    }

    private let state = Mutex(State())
    /// What an app writes is data, unless the data is to be JSON.
    private let logsGoToOutput: Bool
    private let start = ContinuousClock.now
    private let isLive = Terminal.isErrorTerminal
    private let paint = Terminal.errorPaint

    init(logsGoToOutput: Bool = true) {
        self.logsGoToOutput = logsGoToOutput
    }

    func report(_ progress: Report) {
        switch progress {
        case .step(let text): line("\(paint.green("✓")) \(text)", plain: text)
        case .note(let text): line(paint.dim("· \(text)"), plain: text)
        case .warning(let text): line("\(paint.yellow("!")) \(text)", plain: "warning: \(text)")
        case .event(let time, let message):
            let stamp = Self.clock(time)
            line("  \(paint.dim(stamp)) \(message)", plain: "\(stamp) \(message)")
        case .log(let text):
            clear()
            logsGoToOutput ? Terminal.output(text) : Terminal.error(text)
        case .counts(let counts): show(counts)
        }
    }

    /// Takes the changing line away.
    func clear() {
        state.withLock { state in
            if !state.liveLine.isEmpty { Terminal.errorRaw("\r\u{1B}[K") }
            state.liveLine = ""
        }
    }

    private func line(_ text: String, plain: String) {
        state.withLock { state in
            guard isLive else { return Terminal.error(plain) }
            Terminal.errorRaw((state.liveLine.isEmpty ? "" : "\r\u{1B}[K") + text + "\n" + state.liveLine)
        }
    }

    private func show(_ counts: [DeploymentCounts]) {
        state.withLock { state in
            if isLive {
                let elapsed = (ContinuousClock.now - start).components
                let text = Self.text(counts) + "  \(elapsed.seconds).\(elapsed.attoseconds / 100_000_000_000_000_000) s"
                state.liveLine = String(text.prefix(max(20, Terminal.width - 1)))
                Terminal.errorRaw("\r\u{1B}[K" + state.liveLine)
            } else if counts != state.lastCounts {
                state.lastCounts = counts
                Terminal.error(Self.text(counts))
            }
        }
    }

    static func text(_ counts: [DeploymentCounts]) -> String {
        counts.map { count in
            var text = "\(count.taskDefinition) "
            if count.status == "PRIMARY" {
                let filled = count.desired == 0 ? 10 : min(10, max(0, count.running * 10 / max(1, count.desired)))
                text += String(repeating: "█", count: filled) + String(repeating: "░", count: 10 - filled)
                text += " \(count.running)/\(count.desired) running"
            } else {
                text += "\(count.running) running"
            }
            if count.pending > 0 { text += ", \(count.pending) pending" }
            if count.failed > 0 { text += ", \(count.failed) failed" }
            if count.rolloutState == "FAILED" { text += ", FAILED" }
            return text
        }.joined(separator: " │ ")
    }

    /// The time of day of an event.
    static func clock(_ time: Double?) -> String {
        guard let time else { return "--:--:--" }
        var seconds = time_t(time)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
