extension TagReport {
    /// For a pull request or a job's summary: the totals are complete, the rest as much as fits.
    ///
    /// - Parameter limit: in bytes; GitHub takes 65,536 characters in a comment.
    public func markdown(limit: Int = 60_000) -> String {
        var text = BoundedMarkdown(limit: limit)
        text.head("### \(isPassed ? "✅" : "❌") \(Markdown.plain(summary))\n\n")
        if let caution { text.head("> \(Markdown.plain(caution))\n\n") }
        for (title, list) in [
            ("Wrong or missing", violations), ("Not known whether it takes tags", notKnown),
            ("Known only after the apply, checked again then", unknowns),
            ("Unchanged, and wrong already", oldDebts),
        ] where !list.isEmpty {
            text.section("**\(title)** (\(list.count))\n\n| resource | | fix |\n|---|---|---|\n", list.count) { index in
                let finding = list[index]
                let place = finding.file.map { "`\($0):\(finding.line ?? 1)` " } ?? ""
                return "| \(Markdown.code(finding.address)) | \(Markdown.cell(finding.text)) | \(place)\(Markdown.cell(finding.fix ?? "")) |\n"
            }
        }
        if !patch.isEmpty {
            text.block("<details><summary>The fix as a patch</summary>\n\n```diff\n", patch.replacing("```", with: "'''"), "```\n\n</details>\n")
        }
        return text.text
    }
}
