import Foundation
import OrderedCollections

/// Turns incidents into Slack messages of bounded size.
struct MessageRenderer: Sendable {
    let links: AlertLinks
    let template: any AlertTemplate

    /// A message and what of its incidents a reader finds in it.
    struct Rendered: Sendable {
        var message: SlackMessage
        /// By ``DispatchState/tellingKey(_:_:)``.
        var told: [String: Alert.Status] = [:]
        /// The template could not be used.
        var isRaw = false
    }

    /// One incident and what is to be said about it beside its alerts.
    struct Subject: Sendable {
        let incident: Incident
        var notes: [String] = []
        /// Send labels instead of words: the words were refused.
        var isRaw = false
    }

    /// Slack takes about 13,200 characters in one message.
    private static let textBudget = 9_000
    private static let danger = "#d13438"
    private static let good = "good"

    // MARK: One incident

    func incident(_ subject: Subject) -> Rendered {
        let incident = subject.incident
        var rendered = Rendered(message: SlackMessage(text: title(incident)))
        var parts = subject.notes.map { ":information_source: _\(SlackText.escape($0))_" }
        var size = parts.reduce(0) { $0 + $1.utf8.count }
        var cut = incident.truncatedAlerts
        // What fires is read first.
        let ordered = incident.alerts.filter { $0.value.alert.status == .firing } + incident.alerts.filter { $0.value.alert.status == .resolved }
        for (key, tracked) in ordered {
            let text = words(tracked, isLong: incident.alerts.count <= 3, isRaw: subject.isRaw, &rendered)
            guard size + text.utf8.count <= Self.textBudget || rendered.told.isEmpty else {
                cut += 1
                continue
            }
            size += text.utf8.count
            parts.append(text)
            rendered.told[DispatchState.tellingKey(incident.id, key)] = tracked.alert.status
        }
        if cut > 0 { parts.append("_and \(cut) more_") }
        if let first = ordered.first?.value.alert { parts.append(linkLine(first)) }
        rendered.message.attachments = [
            .init(
                color: incident.firing > 0 ? Self.danger : Self.good, title: SlackText.escape(title(incident), limit: 150),
                titleLink: links.app(incident.app), text: parts.joined(separator: "\n"), footer: footer(incident))
        ]
        return rendered
    }

    /// The words about one alert, and when it happened.
    private func words(_ tracked: TrackedAlert, isLong: Bool, isRaw: Bool, _ rendered: inout Rendered) -> String {
        let alert = tracked.alert
        let mark = alert.status == .firing ? ":red_circle:" : ":large_green_circle:"
        var text: String
        if isRaw {
            text = RawText.alert(alert)
        } else {
            do {
                text = isLong ? try template.text(for: alert) : line(alert, try template.text(for: alert))
            } catch {
                text = RawText.alert(alert)
                rendered.isRaw = true
            }
        }
        text = SlackText.cut(text, 2_400)
        return "\(mark) \(text)\n\(times(alert))"
    }

    private func times(_ alert: Alert) -> String {
        guard let endsAt = alert.endsAt, alert.status == .resolved else { return "_since \(SlackText.time(alert.startsAt))_" }
        return "_from \(SlackText.time(alert.startsAt)) for \(SlackText.length(from: alert.startsAt, to: endsAt))_"
    }

    /// The first line of an alert's words, and the labels that tell it from its neighbours.
    private func line(_ alert: Alert, _ words: String) -> String {
        let first = words.prefix { $0 != "\n" }
        let labels = alert.labels.filter { !["alertname", "app", "team", "severity", "environment", "cluster"].contains($0.key) }
        let detail = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        return SlackText.cut(String(first), 160) + (detail.isEmpty ? "" : "  " + SlackText.escape(detail, limit: 120))
    }

    private func linkLine(_ alert: Alert) -> String {
        let candidates: [(url: String?, words: String)] = [
            (links.app(alert.app), "App"), (links.silence(alert.labels), "Silence"),
            (alert.annotations["runbook_url"] ?? alert.annotations["runbook"], "Runbook"), (links.rule(alert.labels["alertname"]), "Rule"),
            (alert.generatorURL, "Graph"),
        ]
        let usable = candidates.filter { $0.url.map(SlackText.isWebAddress) ?? false }
        return usable.map { SlackText.link($0.url, $0.words) }.joined(separator: " · ")
    }

    /// `[FIRING:2] AppErrorRatioHigh (recipes)`
    func title(_ incident: Incident) -> String {
        let firing = incident.firing
        let names = OrderedSet(incident.alerts.values.map(\.alert.name))
        let name = names.count > 3 ? "\(names.prefix(2).joined(separator: ", ")) and \(names.count - 2) others" : names.joined(separator: ", ")
        let state = firing > 0 ? "[FIRING:\(firing)]" : "[RESOLVED]"
        return SlackText.cut("\(state) \(name)" + (incident.app.map { " (\($0))" } ?? ""), 150)
    }

    private func footer(_ incident: Incident) -> String? {
        guard let labels = incident.alerts.values.first?.alert.labels else { return nil }
        let words = [labels["team"].map { "team \($0)" }, labels["severity"], labels["environment"]].compactMap { $0 }
        return words.isEmpty ? nil : SlackText.escape(words.joined(separator: " · "), limit: 200)
    }

    // MARK: Many incidents

    /// A message with a line for each incident. What does not fit is told in its thread.
    func digest(_ subjects: [Subject], pastLines: [String], tellsDetails: Bool) -> Rendered {
        let firing = subjects.count { $0.incident.firing > 0 }
        let resolved = subjects.count - firing + pastLines.count
        let title = "[FIRING:\(firing)] \(subjects.count + pastLines.count) incidents" + (resolved > 0 ? ", \(resolved) resolved" : "")
        var rendered = Rendered(message: SlackMessage(text: title))
        var lines: [(text: String, color: String)] = []
        var size = 0
        var cut = 0
        for subject in subjects {
            let text = summaryLine(subject)
            guard size + text.utf8.count <= Self.textBudget else {
                cut += 1
                continue
            }
            size += text.utf8.count
            lines.append((text, subject.incident.firing > 0 ? Self.danger : Self.good))
            // A line says all about a single alert when nobody can look into a thread for more.
            if tellsDetails, subject.incident.alerts.count == 1, let (key, tracked) = subject.incident.alerts.elements.first {
                rendered.told[DispatchState.tellingKey(subject.incident.id, key)] = tracked.alert.status
            }
        }
        for text in pastLines.reversed() where size + text.utf8.count <= Self.textBudget {
            size += text.utf8.count
            lines.append((text, Self.good))
        }
        if cut > 0 { lines.append(("_and \(cut) more, in the thread_", Self.danger)) }
        rendered.message.attachments = attachments(lines)
        return rendered
    }

    /// Neighbouring lines of one colour share an attachment, which Slack folds when it is long.
    private func attachments(_ lines: [(text: String, color: String)]) -> [SlackMessage.Attachment] {
        var attachments: [SlackMessage.Attachment] = []
        for line in lines {
            if let last = attachments.last, last.color == line.color, last.text.utf8.count + line.text.utf8.count < 2_900 {
                attachments[attachments.count - 1].text += "\n" + line.text
            } else {
                attachments.append(.init(color: line.color, text: line.text))
            }
        }
        return attachments
    }

    /// `🔴 AppDown (recipes) No healthy task`
    func summaryLine(_ subject: Subject) -> String {
        let incident = subject.incident
        let mark = incident.firing > 0 ? ":red_circle:" : ":large_green_circle:"
        var text = "\(mark) \(SlackText.link(links.app(incident.app), SlackText.cut(title(incident), 80)))"
        if let alert = incident.alerts.values.last?.alert, !subject.isRaw {
            let summary = alert.annotations["summary"] ?? alert.annotations["description"] ?? ""
            if !summary.isEmpty { text += " " + SlackText.escape(summary, limit: 60) }
        }
        if let note = subject.notes.first { text += " _(\(SlackText.escape(note, limit: 80)))_" }
        return text
    }

    // MARK: Threads

    /// An answer in a thread: the alerts of `news` with all their words, as many as fit.
    func reply(_ news: [(subject: Subject, occurrences: [String])], notes: [String]) -> Rendered {
        var rendered = Rendered(message: SlackMessage(text: ""))
        var parts: [String] = []
        var size = 0
        var (firing, resolved) = (0, 0)
        for (subject, occurrences) in news {
            for key in occurrences {
                guard let tracked = subject.incident.alerts[key] else { continue }
                let alert = tracked.alert
                let name = "*\(SlackText.escape(alert.name, limit: 100))*" + (alert.app.map { " (\(SlackText.escape($0, limit: 80)))" } ?? "")
                var text = "\(name)\n\(words(tracked, isLong: true, isRaw: subject.isRaw, &rendered))"
                if alert.status == .firing { text += "\n" + linkLine(alert) }
                guard size + text.utf8.count <= Self.textBudget || parts.isEmpty else { continue }
                size += text.utf8.count
                parts.append(text)
                if alert.status == .firing { firing += 1 } else { resolved += 1 }
                rendered.told[DispatchState.tellingKey(subject.incident.id, key)] = alert.status
            }
        }
        let counts = [firing > 0 ? "\(firing) firing" : nil, resolved > 0 ? "\(resolved) resolved" : nil].compactMap { $0 }
        let words = notes.map { ":information_source: _\(SlackText.escape($0, limit: 600))_" } + [counts.joined(separator: ", ")]
        rendered.message.text = words.filter { !$0.isEmpty }.joined(separator: " ")
        rendered.message.attachments = attachments(parts.map { ($0, firing > 0 ? Self.danger : Self.good) })
        return rendered
    }
}
