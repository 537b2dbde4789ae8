import Foundation
import ServiceModel

/// Something that pages may want to know of.
struct LiveEvent: Sendable {
    let id: Int
    /// `app:recipes`, `apps`.
    let topics: [String]

    var json: JSON { ["id": .integer(id), "topics": JSON(topics)] }
}

/// Tells events to all who listen, and remembers the last ones for those who were away.
actor EventHub {
    private var nextID: Int
    private var recent: [LiveEvent] = []
    private var listeners: [Int: AsyncStream<LiveEvent>.Continuation] = [:]
    private var listenerCount = 0
    private let memory: Int
    private let mostListeners: Int

    init(memory: Int = 500, mostListeners: Int = 5000) {
        // Ids go on rising over a restart, so that a browser that was away is told to read anew.
        nextID = Int(Date().timeIntervalSince1970 * 1000)
        self.memory = memory
        self.mostListeners = mostListeners
    }

    func publish(_ topics: [String]) {
        nextID += 1
        let event = LiveEvent(id: nextID, topics: topics)
        recent.append(event)
        if recent.count > memory { recent.removeFirst(recent.count - memory) }
        for listener in listeners.values { listener.yield(event) }
    }

    /// What came after `last`; nil when it is not known any more.
    func missed(since last: Int) -> [LiveEvent]? {
        guard let first = recent.first?.id, last >= first - 1 else { return last >= nextID ? [] : nil }
        return recent.filter { $0.id > last }
    }

    /// The events from now on; nil when too many listen already. A listener that is too slow loses some, the server nothing.
    func listen() -> (id: Int, events: AsyncStream<LiveEvent>, end: AsyncStream<LiveEvent>.Continuation)? {
        guard listeners.count < mostListeners else { return nil }
        listenerCount += 1
        let (events, continuation) = AsyncStream<LiveEvent>.makeStream(bufferingPolicy: .bufferingNewest(64))
        listeners[listenerCount] = continuation
        return (listenerCount, events, continuation)
    }

    func leave(_ id: Int) { listeners[id] = nil }
}
