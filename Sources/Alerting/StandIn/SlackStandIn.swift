public import Foundation
import ServiceModel

/// Takes Slack's place where there is none: keeps the messages that are posted to its channels, and shows them as pages.
public actor SlackStandIn {
    public struct Message: Sendable, Hashable {
        public let ts: String
        public let threadTS: String?
        public var text: String
        public var attachments: [SlackMessage.Attachment]
        public let postedAt: Date
        public var editedAt: Date?

        /// Everything that a reader sees of it.
        public var words: String {
            ([text] + attachments.flatMap { [$0.title ?? "", $0.text, $0.footer ?? ""] }).joined(separator: "\n")
        }
    }

    public struct Channel: Sendable, Hashable {
        public let id: String
        public let name: String
        /// Oldest first, with the answers in threads.
        public var messages: [Message] = []
    }

    /// What became of a call.
    public struct Call: Sendable, Hashable {
        public let method: String
        public let channel: String
        /// `ok`, `429`, `500`, `hang`, `reset`, or Slack's word for the error.
        public let result: String
        public let at: Date
    }

    /// Old messages make room for new ones beyond this many in a channel.
    private static let messageLimit = 2_000
    private static let callLimit = 20_000

    public var faults: StandInFaults
    private let token: String?
    private let now: @Sendable () -> Date
    private var channels: [String: Channel] = [:]
    private var lastPost: [String: ContinuousClock.Instant] = [:]
    private var callCount = 0
    private var lastTS = 0
    public private(set) var calls: [Call] = []

    /// - Parameter token: the only token that is taken; nil takes any.
    public init(token: String? = nil, faults: StandInFaults = StandInFaults(), now: @escaping @Sendable () -> Date = { Date() }) {
        self.token = token
        self.faults = faults
        self.now = now
    }

    public func set(_ faults: StandInFaults) { self.faults = faults }

    /// The channels with at least one message, by name.
    public var allChannels: [Channel] { channels.values.sorted { $0.name < $1.name } }

    /// A channel by name (with or without `#`) or id.
    public func channel(_ name: String) -> Channel? { channels[Self.key(name)] ?? channels.values.first { $0.id == name } }

    enum Answer: Sendable {
        case ok(channel: String, ts: String)
        case error(String)
        case tooMany(retryAfter: Int)
        case failure
        case hang
        case reset
    }

    func post(_ body: JSON, authorization: String?) -> Answer { answer("chat.postMessage", body, authorization) }

    func update(_ body: JSON, authorization: String?) -> Answer { answer("chat.update", body, authorization) }

    /// An incoming webhook of `channel`.
    func webhook(_ body: JSON, channel: String) -> Answer {
        var body = body
        body["channel"] = .string(channel)
        return answer("webhook", body, token.map { "Bearer \($0)" })
    }

    private func answer(_ method: String, _ body: JSON, _ authorization: String?) -> Answer {
        callCount += 1
        let name = body["channel"].string ?? ""
        let answer = judge(method, body, name, authorization)
        let result =
            switch answer {
            case .ok: "ok"
            case .error(let code): code
            case .tooMany: "429"
            case .failure: "500"
            case .hang: "hang"
            case .reset: "reset"
            }
        if calls.count >= Self.callLimit { calls.removeFirst(Self.callLimit / 2) }
        calls.append(Call(method: method, channel: name, result: result, at: now()))
        return answer
    }

    private func judge(_ method: String, _ body: JSON, _ name: String, _ authorization: String?) -> Answer {
        guard let authorization else { return .error("not_authed") }
        if let token, authorization != "Bearer \(token)" { return .error("invalid_auth") }
        guard !name.isEmpty else { return .error("channel_not_found") }
        let channel = channel(name) ?? Channel(id: "C" + Digest.short([Self.key(name)]).uppercased().prefix(10), name: Self.key(name))
        guard !faults.archived.contains(channel.name) else { return .error("is_archived") }
        if method != "chat.update", let pace = faults.pace, let last = lastPost[channel.id] {
            let left = pace - (ContinuousClock.now - last)
            if left > .zero { return .tooMany(retryAfter: max(1, Int((left / .seconds(1)).rounded(.up)))) }
        }
        switch faults.verdict(callCount) {
        case .accept: return take(method, body, channel)
        case .fail: return .failure
        case .refuse(let code): return .error(code)
        case .hang:
            if faults.keepsUnanswered { _ = take(method, body, channel) }
            return .hang
        case .reset:
            if faults.keepsUnanswered { _ = take(method, body, channel) }
            return .reset
        }
    }

    private func take(_ method: String, _ body: JSON, _ channel: Channel) -> Answer {
        guard let text = body["text"].string, !text.isEmpty || !body["attachments"].array.isEmpty else { return .error("no_text") }
        let attachments = body["attachments"].array.map(SlackMessage.Attachment.init)
        let size = text.count + attachments.reduce(0) { $0 + $1.text.count + ($1.title?.count ?? 0) }
        guard size <= 13_200 else { return .error("msg_too_long") }
        if method == "chat.update" {
            guard let ts = body["ts"].string, let index = channel.messages.lastIndex(where: { $0.ts == ts }) else {
                return .error("message_not_found")
            }
            channels[channel.name]?.messages[index].text = text
            if case .array = body["attachments"] { channels[channel.name]?.messages[index].attachments = attachments }
            channels[channel.name]?.messages[index].editedAt = now()
            return .ok(channel: channel.id, ts: ts)
        }
        let thread = body["thread_ts"].string
        if let thread, !channel.messages.contains(where: { $0.ts == thread }) { return .error("thread_not_found") }
        let ts = nextTS()
        channels[channel.name, default: channel].messages
            .append(Message(ts: ts, threadTS: thread, text: text, attachments: attachments, postedAt: now()))
        let excess = (channels[channel.name]?.messages.count ?? 0) - Self.messageLimit
        if excess > 0 { channels[channel.name]?.messages.removeFirst(excess) }
        if faults.pace != nil { lastPost[channel.id] = .now }
        return .ok(channel: channel.id, ts: ts)
    }

    private func nextTS() -> String {
        lastTS = max(lastTS + 1, Int(now().timeIntervalSince1970 * 1_000_000))
        let fraction = String(lastTS % 1_000_000)
        return "\(lastTS / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
    }

    private static func key(_ name: String) -> String { name.hasPrefix("#") ? String(name.dropFirst()) : name }
}

extension SlackMessage.Attachment {
    init(_ json: JSON) {
        self.init(
            color: json["color"].string ?? "", title: json["title"].string, titleLink: json["title_link"].string, text: json["text"].string ?? "",
            footer: json["footer"].string)
    }
}
