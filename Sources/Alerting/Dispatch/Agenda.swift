/// Which channels may be called now, and which when. A channel stands in it once.
struct Agenda: Sendable {
    typealias Moment = ContinuousClock.Instant

    private var ready: [String] = []
    private var firstReady = 0
    /// Latest first, so that what is due is taken from the end.
    private var later: [(due: Moment, channel: String)] = []
    private var dueOf: [String: Moment] = [:]

    /// When the next channel is due that is not due yet.
    var next: Moment? { later.last?.due }

    /// Puts a channel on the agenda, or moves it to an earlier time.
    mutating func add(_ channel: String, due: Moment) {
        if let known = dueOf[channel] {
            guard due < known else { return }
            if let index = later[position(of: known)...].firstIndex(where: { $0.channel == channel }) { later.remove(at: index) } else { return }
        }
        dueOf[channel] = due
        later.insert((due, channel), at: position(of: due))
    }

    /// Takes a channel that is due.
    mutating func take(at moment: Moment) -> String? {
        while let last = later.last, last.due <= moment {
            later.removeLast()
            ready.append(last.channel)
        }
        guard firstReady < ready.count else { return nil }
        let channel = ready[firstReady]
        firstReady += 1
        if firstReady == ready.count {
            ready.removeAll(keepingCapacity: true)
            firstReady = 0
        }
        dueOf[channel] = nil
        return channel
    }

    /// The first index whose time is not later than `due`.
    private func position(of due: Moment) -> Int {
        var (low, high) = (0, later.count)
        while low < high {
            let middle = (low + high) / 2
            if later[middle].due > due { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
