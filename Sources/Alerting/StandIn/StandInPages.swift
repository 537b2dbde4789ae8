import Foundation

/// The stand-in's channels as pages, without scripts.
enum StandInPages {
    static func list(_ channels: [SlackStandIn.Channel], prefix: String) -> String {
        let items = channels.map { channel in
            let count = channel.messages.count { $0.threadTS == nil }
            return "<li><a href=\"\(prefix)/channels/\(AlertLinks.encode(channel.name))\">#\(escape(channel.name))</a> "
                + "<small>\(count) message\(count == 1 ? "" : "s")</small></li>"
        }
        let body = items.isEmpty ? "<p>No message has been posted yet.</p>" : "<ul>\(items.joined())</ul>"
        return page("Channels", "<p>There is no Slack token, so messages are shown here instead.</p>" + body)
    }

    static func channel(_ channel: SlackStandIn.Channel, prefix: String) -> String {
        let answers = Dictionary(grouping: channel.messages.filter { $0.threadTS != nil }) { $0.threadTS ?? "" }
        let articles = channel.messages.reversed().filter { $0.threadTS == nil }.map { message in
            let thread = (answers[message.ts] ?? []).map { article($0) }.joined()
            return article(message) + (thread.isEmpty ? "" : "<div class=\"thread\">\(thread)</div>")
        }
        return page("#\(channel.name)", "<p><a href=\"\(prefix)\">All channels</a></p>" + articles.joined())
    }

    private static func article(_ message: SlackStandIn.Message) -> String {
        let time = Timestamp.text(message.postedAt)
        let attachments = message.attachments.map { attachment in
            let title = attachment.title.map { title in
                let words = escape(unescape(title))
                guard let link = attachment.titleLink, SlackText.isWebAddress(link) else { return "<strong>\(words)</strong><br>" }
                return "<strong><a href=\"\(escape(link))\">\(words)</a></strong><br>"
            }
            return "<div class=\"attachment\" style=\"border-color:\(color(attachment.color))\">\(title ?? "")\(markup(attachment.text))"
                + (attachment.footer.map { "<br><small>\(escape(unescape($0)))</small>" } ?? "") + "</div>"
        }
        // The text is what notifications show; beside an attachment of the same title it says nothing new.
        let text = message.attachments.first?.title == nil ? "<p>\(markup(message.text))</p>" : ""
        return "<article id=\"\(message.ts)\"><small><time datetime=\"\(time)\">\(time.dropFirst(11).prefix(8)) UTC</time>"
            + "\(message.editedAt == nil ? "" : " (edited)")</small>\(text)\(attachments.joined())</article>"
    }

    /// Slack's markup as HTML: links, times, bold, italics and the few emoji we use.
    static func markup(_ text: String) -> String {
        var html = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            html += words(rest[..<open])
            let parts = rest[rest.index(after: open)..<close].split(separator: "|", maxSplits: 1)
            let target = parts.first.map(String.init) ?? ""
            let label = escape(unescape(parts.count == 2 ? String(parts[1]) : target))
            html += SlackText.isWebAddress(target) ? "<a href=\"\(escape(unescape(target)))\">\(label)</a>" : label
            rest = rest[rest.index(after: close)...]
        }
        return html + words(rest)
    }

    private static func words(_ text: Substring) -> String {
        let plain = escape(unescape(String(text)))
            .replacing(":red_circle:", with: "🔴").replacing(":large_green_circle:", with: "🟢").replacing(":information_source:", with: "ℹ️")
        return plain.replacing(#/\*([^*\n]+)\*/#) { "<b>\($0.1)</b>" }.replacing(#/(^|[\s(])_([^\n]+?)_(?=$|[\s)])/#) { "\($0.1)<i>\($0.2)</i>" }
            .replacing("\n", with: "<br>")
    }

    private static func color(_ color: String) -> String {
        switch color {
        case "good": "#2eb886"
        case "danger": "#d13438"
        case "warning": "#daa038"
        default: color.wholeMatch(of: #/#[0-9a-fA-F]{6}/#) == nil ? "#888888" : color
        }
    }

    private static func unescape(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    private static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    private static func page(_ title: String, _ body: String) -> String {
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>\(escape(title)) · Slack stand-in</title>
        <style>body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1d1c1d}
        article{margin:1rem 0}.attachment{border-left:4px solid;padding:.2rem 0 .2rem .8rem;margin:.3rem 0;overflow-wrap:anywhere}
        .thread{margin-left:2rem}small{color:#616061}</style><h1>\(escape(title))</h1>\(body)</html>

        """
    }
}
