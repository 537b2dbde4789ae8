import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Wakes whoever iterates ``rings`` at the earliest time that was set. Costs nothing while nothing is due.
final class Alarm: Sendable {
    let rings: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private let next = Mutex<(date: Date, timer: Scheduled<Void>)?>(nil)

    init() {
        (rings, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Rings at `date`, unless an earlier ring is set already.
    func set(_ date: Date) {
        next.withLock { next in
            if let next, next.date <= date { return }
            next?.timer.cancel()
            let delay = max(0, date.timeIntervalSinceNow) + 0.001  // not a moment too early
            let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .microseconds(Int64(delay * 1_000_000))) {
                [weak self] () -> Void in self?.fire()
            }
            next = (date, timer)
        }
    }

    private func fire() {
        next.withLock { $0 = nil }
        ring.yield()
    }
}
