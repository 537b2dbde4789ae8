/// Finds `# jubako: ignore …` in the lines of a file.
struct SilenceComments {
    /// By line, counted from 1.
    private var comments: [(line: Int, silence: Silence)] = []
    private let source: SourceText

    init(_ source: SourceText) {
        self.source = source
        let mark = Array("jubako:".utf8)
        for (index, line) in source.lines.enumerated() {
            guard let first = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }), line[first] == UInt8(ascii: "#") else { continue }
            let words = line[(first + 1)...].split(separator: 0x20, omittingEmptySubsequences: true)
            guard words.count >= 2, Array(words[0]) == mark else { continue }
            let verb = String(decoding: words[1], as: UTF8.self)
            guard verb == "ignore" || verb == "ignore-file" else { continue }
            let silence = Silence(
                check: words.count > 2 ? String(decoding: words[2], as: UTF8.self) : "",
                reason: words.dropFirst(3).map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "),
                position: SourcePosition(line: index + 1, column: first - line.startIndex + 1), isForFile: verb == "ignore-file")
            comments.append((index + 1, silence))
        }
    }

    var forFile: [Silence] { comments.filter(\.silence.isForFile).map(\.silence) }

    /// Those for a rule: on the lines right above it, and between its own.
    func forRule(from first: Int, through last: Int) -> [Silence] {
        guard !comments.isEmpty else { return [] }
        var top = first
        while top > 1, isCommentOrBlank(top - 1) { top -= 1 }
        return comments.filter { !$0.silence.isForFile && (top...max(last, first)).contains($0.line) }.map(\.silence)
    }

    /// Those that no rule follows.
    func unattached(besides used: Set<Silence>) -> [Silence] {
        comments.map(\.silence).filter { !$0.isForFile && !used.contains($0) }
    }

    private func isCommentOrBlank(_ number: Int) -> Bool {
        guard let first = source.lines[number - 1].first(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return true }
        return first == UInt8(ascii: "#")
    }
}
