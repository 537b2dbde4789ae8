public import ServiceModel

/// A message as chat.postMessage, chat.update and incoming webhooks take it.
public struct SlackMessage: Sendable, Hashable {
    public struct Attachment: Sendable, Hashable {
        public var color: String
        public var title: String?
        public var titleLink: String?
        public var text: String
        public var footer: String?

        public init(color: String, title: String? = nil, titleLink: String? = nil, text: String, footer: String? = nil) {
            self.color = color
            self.title = title
            self.titleLink = titleLink
            self.text = text
            self.footer = footer
        }
    }

    /// What notifications show, and clients without attachments.
    public var text: String
    public var attachments: [Attachment]

    public init(text: String, attachments: [Attachment] = []) {
        self.text = text
        self.attachments = attachments
    }

    /// The members of the request's body that make up the message.
    ///
    /// An edit retains the attachments that it leaves out, so an empty list is written too.
    public var json: JSON {
        [
            "text": .string(text), "unfurl_links": false, "unfurl_media": false,
            "attachments": .array(
                attachments.map { attachment in
                    .compact([
                        "color": .string(attachment.color), "title": JSON(attachment.title), "title_link": JSON(attachment.titleLink),
                        "text": .string(attachment.text), "fallback": .string(attachment.title ?? text), "footer": JSON(attachment.footer),
                        "mrkdwn_in": ["text"],
                    ])
                }),
        ]
    }
}
