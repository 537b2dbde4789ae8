/// A label or annotation as a Go template: the words of its actions, each with its place.
struct RuleTemplate {
    struct Word {
        let text: String
        let range: Range<Int>
        let isString: Bool
    }

    struct Action {
        let words: [Word]
        let range: Range<Int>
        let isClosed: Bool
    }

    let pair: RuleFile.Rule.Pair
    let isLabel: Bool
    let actions: [Action]

    init(_ pair: RuleFile.Rule.Pair, isLabel: Bool) {
        self.pair = pair
        self.isLabel = isLabel
        actions = pair.value.text.utf8.contains(UInt8(ascii: "{")) ? Self.actions(of: Array(pair.value.text.utf8)) : []
    }

    /// The labels of the alert that it shows, each with its place.
    var labels: [(name: String, range: Range<Int>)] {
        actions.flatMap { action in
            action.words.enumerated().compactMap { index, word -> (String, Range<Int>)? in
                if word.isString {
                    let before = action.words[..<index].suffix(2).map(\.text)
                    return before.count == 2 && before[0] == "index" && ["$labels", ".Labels"].contains(before[1]) ? (word.text, word.range) : nil
                }
                for prefix in ["$labels.", ".Labels."] where word.text.hasPrefix(prefix) {
                    return (String(word.text.dropFirst(prefix.count).prefix { $0 != "." }), word.range)
                }
                return nil
            }
        }
    }

    func place(_ range: Range<Int>) -> Range<SourcePosition> { CheckedRule.place(range, in: pair.value) }

    private static func actions(of bytes: [UInt8]) -> [Action] {
        var actions: [Action] = []
        var position = 0
        while position + 1 < bytes.count {
            guard bytes[position] == UInt8(ascii: "{"), bytes[position + 1] == UInt8(ascii: "{") else {
                position += 1
                continue
            }
            let start = position
            position += 2
            let (words, isClosed) = words(of: bytes, &position)
            actions.append(Action(words: words, range: start..<position, isClosed: isClosed))
        }
        return actions
    }

    private static func words(of bytes: [UInt8], _ position: inout Int) -> ([Word], isClosed: Bool) {
        var words: [Word] = []
        var isComment = false
        while position < bytes.count {
            let byte = bytes[position]
            let next = position + 1 < bytes.count ? bytes[position + 1] : 0
            if isComment {
                if byte == UInt8(ascii: "*"), next == UInt8(ascii: "/") { isComment = false }
                position += 1
            } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
                isComment = true
                position += 2
            } else if byte == UInt8(ascii: "}"), next == UInt8(ascii: "}") {
                position += 2
                return (words, true)
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
                words.append(string(of: bytes, &position))
            } else if isWord(byte) {
                let start = position
                while position < bytes.count, isWord(bytes[position]) { position += 1 }
                words.append(Word(text: String(decoding: bytes[start..<position], as: UTF8.self), range: start..<position, isString: false))
            } else {
                position += 1
            }
        }
        return (words, false)
    }

    private static func string(of bytes: [UInt8], _ position: inout Int) -> Word {
        let start = position
        let quote = bytes[position]
        position += 1
        while position < bytes.count, bytes[position] != quote {
            position += bytes[position] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
        let end = min(position, bytes.count)
        position = min(end + 1, bytes.count)
        return Word(text: String(decoding: bytes[(start + 1)..<max(start + 1, end)], as: UTF8.self), range: start..<position, isString: true)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
            || byte == UInt8(ascii: ".")
    }
}
