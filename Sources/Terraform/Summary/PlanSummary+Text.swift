extension PlanSummary {
    /// Attributes that are named for one resource.
    private static let named = 12

    /// For a pull request or a job's summary: the totals are complete, the list as long as it fits.
    ///
    /// - Parameters:
    ///   - title: what was planned, such as the project's name.
    ///   - promises: of the apps whose infrastructure it is.
    ///   - limit: in bytes; GitHub takes 65,536 characters in a comment.
    public func markdown(title: String?, promises: [PlanPromise] = [], limit: Int = 64_000) -> String {
        var text = BoundedMarkdown(limit: limit)
        text.head("### \(title.map { "\(Markdown.plain($0)): " } ?? "")\(Markdown.plain(line))\n\n")
        let lost = entries.count(where: \.holdsData)
        if lost > 0 { text.head("> ⚠️ \(lost) of what is destroyed or replaced \(lost == 1 ? "holds" : "hold") data.\n\n") }
        if hasChanges, !promises.isEmpty {
            text.head("It is the infrastructure of \(promises.prefix(20).map { Markdown.plain($0.text) }.joined(separator: "; "))")
            text.head(promises.count > 20 ? " and \(promises.count - 20) more apps.\n\n" : ".\n\n")
        }
        if drifted > 0 {
            text.head("> \(drifted) \(drifted == 1 ? "resource was" : "resources were") changed past Terraform since the last apply.\n\n")
        }
        for group in Group.allCases {
            let list = entries.filter { $0.group == group }
            guard !list.isEmpty else { continue }
            text.section("**\(group.title)** (\(list.count))\n\n", list.count) { index in
                let entry = list[index]
                let detail = detail(entry)
                return "- \(entry.holdsData ? "⚠️ " : "")\(Markdown.code(entry.address))\(detail.isEmpty ? "" : ": \(Markdown.plain(detail))")\n"
            }
        }
        return text.text
    }

    /// For a terminal.
    ///
    /// - Parameter paint: paints a mark by what happens.
    public func text(paint: (String, Group) -> String = { mark, _ in mark }) -> String {
        entries.map { entry in
            let detail = detail(entry)
            let mark = String(repeating: " ", count: 3 - entry.group.mark.count) + entry.group.mark
            return
                "\(paint(mark, entry.group)) \(entry.address.printable)\(entry.holdsData ? " (holds data)" : "")\(detail.isEmpty ? "" : ": \(detail.printable)")\n"
        }.joined()
    }

    private func detail(_ entry: Entry) -> String {
        var parts: [String] = []
        if !entry.forcing.isEmpty { parts.append("because of \(listed(entry.forcing))") }
        let others = entry.attributes.filter { !entry.forcing.contains($0) }
        if !others.isEmpty, entry.group == .update { parts.append(listed(others)) }
        if let note = entry.note { parts.append(note) }
        return parts.joined(separator: "; ")
    }

    private func listed(_ names: [String]) -> String {
        names.prefix(Self.named).joined(separator: ", ") + (names.count > Self.named ? " and \(names.count - Self.named) more" : "")
    }
}
