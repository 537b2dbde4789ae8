import Foundation
import HTTPTypes
import NIOCore
import ServiceLifecycle
import ServiceModel
import Synchronization

/// Something that pages may want to know of.
struct LiveEvent: Sendable {
    /// In the topics of an event that concerns everybody.
    static let everything = "*"

    let id: Int
    /// `app:recipes`, `apps`.
    let topics: [String]
    /// As it goes over the wire, made once for all listeners.
    let text: ByteBuffer

    init(id: Int, topics: [String]) {
        self.id = id
        self.topics = topics
        let data: JSON = ["id": .integer(id), "topics": JSON(topics)]
        text = ByteBuffer(string: "id: \(id)\ndata: \(data.text)\n\n")
    }
}

/// Tells events to all who listen, and remembers the last ones for those who were away.
actor EventHub: Service {
    struct Limits: Sendable {
        /// Events that are remembered.
        var memory = 500
        var listeners = 5000
        /// Of one session, token or address. A browser needs one for all its tabs.
        var listenersOfOne = 50
        /// A connection that says nothing is closed by proxies, and by browsers that went to sleep.
        var beat: Duration = .seconds(15)
        /// After that a listener has to come again, and to show anew who it is.
        var longest: Duration = .seconds(3600)
    }

    private struct Listener {
        let who: String?
        let feed: AsyncStream<ByteBuffer>.Continuation
        let until: ContinuousClock.Instant
    }

    private let limits: Limits
    private let lastID: Atomic<Int>
    private var recent: [LiveEvent] = []
    private var listeners: [Int: Listener] = [:]
    private var listenerCount = 0

    init(limits: Limits = Limits()) {
        self.limits = limits
        // Ids go on rising over a restart, so that a browser that was away is told to read anew.
        lastID = Atomic(Int(Date().timeIntervalSince1970 * 1000))
    }

    /// The id of the last event. A page that is made now shows all that happened up to it.
    nonisolated var latest: Int { lastID.load(ordering: .acquiring) }

    /// How many listen.
    var count: Int { listeners.count }

    /// Sends a sign of life now and then, until the server ends.
    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: self.limits.beat) }
            beat()
        }
    }

    func publish(_ topics: [String]) {
        let event = LiveEvent(id: latest + 1, topics: topics)
        recent.append(event)
        if recent.count > limits.memory { recent.removeFirst(recent.count - limits.memory) }
        lastID.store(event.id, ordering: .releasing)
        tell(event.text)
    }

    func beat() {
        tell(Self.sign("beat", id: latest))
        for (id, listener) in listeners where listener.until < .now { end(id) }
    }

    private func tell(_ text: ByteBuffer) {
        for (id, listener) in listeners {
            // Who reads too slowly is cut off, comes back and is told what it has missed.
            guard case .enqueued = listener.feed.yield(text) else {
                end(id)
                continue
            }
        }
    }

    private func end(_ id: Int) { listeners.removeValue(forKey: id)?.feed.finish() }

    // MARK: Listening

    /// One who listens.
    struct Listening: Sendable {
        fileprivate let id: Int
        /// What it is told first: where it stands, and what it has missed.
        let first: ByteBuffer
        let messages: AsyncStream<ByteBuffer>
        fileprivate let feed: AsyncStream<ByteBuffer>.Continuation

        /// Ends ``messages``; the listener has gone.
        func end() { feed.finish() }

        /// Ends ``messages`` with a word that the server does, so that nobody wonders.
        func sayGoodbye() {
            feed.yield(EventHub.sign("bye", id: nil))
            feed.finish()
        }
    }

    /// The events from now on, and those since `last`.
    ///
    /// - Parameters:
    ///   - who: whose streams are counted together; nil for no limit.
    ///   - last: the id of the last event that the listener knows of.
    /// - Throws: ``ConsoleError`` 429 or 503 when too many listen already.
    func listen(as who: String?, after last: Int?) throws -> Listening {
        if let who, listeners.values.count(where: { $0.who == who }) >= limits.listenersOfOne {
            throw ConsoleError(
                status: .tooManyRequests, detail: "\(limits.listenersOfOne) streams are open already: close one, or read pages instead")
        }
        guard listeners.count < limits.listeners else {
            throw ConsoleError(status: .serviceUnavailable, detail: "too many listen already: read the page again instead")
        }
        listenerCount += 1
        let (messages, feed) = AsyncStream<ByteBuffer>.makeStream(bufferingPolicy: .bufferingOldest(64))
        listeners[listenerCount] = Listener(who: who, feed: feed, until: .now + limits.longest)
        var first = ByteBuffer(string: "retry: 2000\n\n")
        if let last {
            if let missed = missed(since: last) {
                for event in missed { first.writeImmutableBuffer(event.text) }
            } else {
                first.writeImmutableBuffer(Self.sign("reset", id: latest))
            }
        }
        first.writeImmutableBuffer(Self.sign("hello", id: latest))
        return Listening(id: listenerCount, first: first, messages: messages, feed: feed)
    }

    func leave(_ listening: Listening) { end(listening.id) }

    /// What came after `last`; nil when it is not known any more.
    private func missed(since last: Int) -> [LiveEvent]? {
        if last == latest { return [] }
        guard let first = recent.first?.id, last >= first - 1, last < latest else { return nil }
        return recent.filter { $0.id > last }
    }

    /// A message without an event. It has data, since browsers keep those without to themselves.
    private static func sign(_ name: String, id: Int?) -> ByteBuffer {
        ByteBuffer(string: (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: {}\n\n")
    }
}
