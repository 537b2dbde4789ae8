/// Puts letters into channels: texts that are no alerts.
public struct LetterPost: Sendable {
    private let slack: SlackClient

    public init(slack: SlackClient) { self.slack = slack }

    /// A line of a letter, and where it leads.
    public struct Line: Sendable, Hashable {
        public let words: String
        public let link: String?
        public let rest: String

        public init(words: String, link: String?, rest: String) {
            self.words = words
            self.link = link
            self.rest = rest
        }
    }

    /// - Throws: ``SlackError``, or `CancellationError`.
    public func post(title: String, _ lines: [Line], to channel: String) async throws {
        let text = lines.map { "• \(SlackText.link($0.link, $0.words)): \(SlackText.escape($0.rest))" }
        _ = try await slack.post(SlackMessage(text: "*\(SlackText.escape(title))*\n" + text.joined(separator: "\n")), to: channel)
    }
}
