import Foundation
import Synchronization

/// This machine's clock, corrected by what a service said about the time when it refused ours.
final class ServiceClock: Sendable {
    private let offset = Mutex(0.0)
    private let system: @Sendable () -> Date

    init(system: @escaping @Sendable () -> Date) {
        self.system = system
    }

    var now: Date { system() + offset.withLock { $0 } }

    func correct(to serverTime: Date) {
        let difference = serverTime.timeIntervalSince(system())
        offset.withLock { $0 = difference }
    }
}
