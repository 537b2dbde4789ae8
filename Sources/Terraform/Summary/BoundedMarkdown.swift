/// Markdown that never grows over a limit: what does not fit is counted instead.
struct BoundedMarkdown {
    private(set) var text = ""
    private let limit: Int
    /// Kept free for "… and more".
    private static let reserve = 400

    init(limit: Int) { self.limit = limit }

    private var room: Int { limit - Self.reserve - text.utf8.count }

    /// What is always there.
    mutating func head(_ line: String) { text += line }

    /// A heading and rows; the rows that have no room are counted.
    mutating func section(_ heading: String, _ count: Int, _ row: (Int) -> String) {
        guard room > heading.utf8.count + 200 else {
            if room > 0 { text += "… and \(count) more\n\n" }
            return
        }
        text += heading
        for index in 0..<count {
            let line = row(index)
            guard line.utf8.count <= room else {
                text += "\n… and \(count - index) more\n\n"
                return
            }
            text += line
        }
        text += "\n"
    }

    /// Text that is there as a whole or not at all.
    mutating func block(_ before: String, _ body: String, _ after: String) {
        let all = before + body + after
        text += all.utf8.count <= room ? all : "The patch is too long for here: `--patch FILE` writes it.\n"
    }
}

/// Text for Markdown: no name of a resource can become a link, a mention or a tag of HTML.
enum Markdown {
    static func code(_ text: String) -> String {
        let text = text.printable.replacing("|", with: "\\|")
        let fence = text.contains("`") ? "``" : "`"
        return fence == "``" ? "`` \(text.replacing("``", with: "' '")) ``" : "`\(text)`"
    }

    static func plain(_ text: String) -> String {
        text.printable.reduce(into: "") { result, character in
            if "\\`*_[]<>@#~".contains(character) { result.append("\\") }
            result.append(character)
        }
    }

    static func cell(_ text: String) -> String { plain(text).replacing("|", with: "\\|") }
}
