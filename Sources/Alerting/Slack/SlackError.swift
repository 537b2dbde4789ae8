/// Why a message did not get into Slack, as far as it decides what to do next.
public struct SlackError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// Too many messages; wait so long, if Slack says how long.
        case rateLimited(Duration?)
        /// Passes by itself. `mayHaveArrived` when the request went out and no answer came.
        case transient(mayHaveArrived: Bool)
        /// This text will never be taken.
        case content
        /// The message to edit or to answer is gone.
        case message
        /// Nothing will ever get into this channel, or with this token.
        case channel
    }

    public let kind: Kind
    /// Slack's own word for it, or ours in the same style.
    public let code: String
    public let description: String

    public init(_ kind: Kind, code: String, _ description: String) {
        self.kind = kind
        self.code = code
        self.description = description
    }
}

extension SlackError {
    private static let transientCodes: Set = [
        "message_limit_exceeded", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "accesslimited",
    ]
    private static let contentCodes: Set = [
        "msg_too_long", "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments", "too_many_attachments", "no_text",
        "invalid_payload", "invalid_arguments", "markdown_text_conflict",
    ]
    private static let messageCodes: Set = [
        "message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found", "cannot_reply_to_message",
    ]

    /// What a word of Slack's (`error` of an answer with `ok: false`, or the body of an incoming webhook's) means for us.
    init(code: String, retryAfter: Duration?, mayWaitUnasked: Bool = true) {
        switch code {
        case "ratelimited", "rate_limited": self.init(.rateLimited(retryAfter), code: code, "slack takes no more messages for now (\(code))")
        case let code where Self.transientCodes.contains(code):
            self.init(.transient(mayHaveArrived: false), code: code, "slack has trouble of its own (\(code))")
        case let code where Self.contentCodes.contains(code): self.init(.content, code: code, "slack does not take this text (\(code))")
        case let code where Self.messageCodes.contains(code): self.init(.message, code: code, "the message to edit is gone (\(code))")
        default: self.init(.channel, code: code, "slack refuses the channel or the token: \(code)")
        }
    }

    /// What an HTTP status other than 200 means, with the first words of its body.
    init(status: UInt, body: String, retryAfter: Duration?) {
        let word = body.prefix { $0.isLetter || $0 == "_" }
        switch status {
        case 429: self.init(.rateLimited(retryAfter), code: "ratelimited", "slack takes no more messages for now (429)")
        case 408, 425, 500...: self.init(.transient(mayHaveArrived: false), code: "http_\(status)", "slack answered \(status)")
        case 400 where !word.isEmpty, 403, 404, 410:
            self.init(code: word.isEmpty ? "http_\(status)" : String(word), retryAfter: retryAfter)
        default: self.init(.channel, code: "http_\(status)", "slack answered \(status), check the address of its API")
        }
    }
}
