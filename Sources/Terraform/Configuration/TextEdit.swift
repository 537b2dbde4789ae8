/// Lines of a file that become other lines.
struct TextEdit: Sendable, Hashable {
    /// The first line that is replaced, counted from 0.
    let line: Int
    /// How many are replaced; 0 only inserts.
    let count: Int
    let lines: [String]
}

/// Changes to one file as `git apply` and `patch -p1` take them.
enum UnifiedDiff {
    private static let context = 3

    /// - Parameter path: as it stands after `a/` and `b/`.
    static func text(_ path: String, _ source: String, _ edits: [TextEdit]) -> String {
        var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let endsWithNewline = lines.last == ""
        if endsWithNewline { lines.removeLast() }
        let edits = disjoint(edits)
        guard !edits.isEmpty else { return "" }
        var text = "--- a/\(path)\n+++ b/\(path)\n"
        var shift = 0
        var rest = edits[...]
        while let first = rest.first {
            var group = [first]
            rest = rest.dropFirst()
            while let next = rest.first, let last = group.last, next.line - (last.line + last.count) <= 2 * context {
                group.append(next)
                rest = rest.dropFirst()
            }
            guard let last = group.last else { break }
            let from = max(0, first.line - context)
            let to = min(lines.count, last.line + last.count + context)
            let added = group.reduce(0) { $0 + $1.lines.count - $1.count }
            text += "@@ -\(from + 1),\(to - from) +\(from + 1 + shift),\(to - from + added) @@\n"
            var at = from
            for edit in group {
                for line in lines[at..<edit.line] { text += " \(line)\n" }
                for line in lines[edit.line..<(edit.line + edit.count)] { text += "-\(line)\n" }
                for line in edit.lines { text += "+\(line)\n" }
                at = edit.line + edit.count
            }
            for line in lines[at..<to] { text += " \(line)\n" }
            if to == lines.count, !endsWithNewline { text += "\\ No newline at end of file\n" }
            shift += added
        }
        return text
    }

    /// In order, without doubles; of two that touch the same lines the first stays.
    private static func disjoint(_ edits: [TextEdit]) -> [TextEdit] {
        var kept: [TextEdit] = []
        for edit in edits.sorted(by: { ($0.line, $0.count) < ($1.line, $1.count) }) {
            if let last = kept.last, edit == last || edit.line < last.line + last.count || edit.line == last.line { continue }
            kept.append(edit)
        }
        return kept
    }
}
