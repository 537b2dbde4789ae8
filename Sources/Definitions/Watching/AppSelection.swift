/// Which apps a PromQL expression names in its selectors.
enum AppSelection {
    /// One matcher of the label `app`.
    struct Matcher: Hashable {
        /// `=`, `!=`, `=~` or `!~`.
        let sign: String
        let value: String
    }

    /// The matchers of `app` in `expression`. Strings and comments are skipped; what follows a bad string is left to Prometheus's parser.
    static func matchers(in expression: String) -> [Matcher] {
        var tokens = Tokens(expression)
        var found: [Matcher] = []
        var before = ""
        var sign = ""
        while let token = tokens.next() {
            switch token {
            case .text(let value):
                if before == "app", !sign.isEmpty { found.append(Matcher(sign: sign, value: value)) }
                (before, sign) = ("", "")
            case .word(let word): (before, sign) = (word, "")
            case .sign(let text): sign = text
            case .other: (before, sign) = ("", "")
            }
        }
        return found
    }

    private enum Token {
        case word(String)
        case text(String)
        case sign(String)
        case other
    }

    private struct Tokens {
        private var rest: Substring

        init(_ text: String) { rest = text[...] }

        mutating func next() -> Token? {
            skip()
            guard let first = rest.first else { return nil }
            if first == "\"" || first == "'" || first == "`" { return text(quote: first) }
            if first.isLetter || first == "_" || first.isNumber {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" }
                rest = rest.dropFirst(word.count)
                return .word(String(word))
            }
            for sign in ["!=", "=~", "!~", "==", "="] where rest.hasPrefix(sign) {
                rest = rest.dropFirst(sign.count)
                return sign == "==" ? .other : .sign(sign)
            }
            rest = rest.dropFirst()
            return .other
        }

        private mutating func skip() {
            while let first = rest.first {
                if first == "#" { rest = rest.drop { !$0.isNewline } } else if first.isWhitespace { rest = rest.dropFirst() } else { return }
            }
        }

        private mutating func text(quote: Character) -> Token {
            rest = rest.dropFirst()
            var value = ""
            while let next = rest.popFirst() {
                if next == quote { return .text(value) }
                if next == "\\", quote != "`", let escaped = rest.popFirst() { value += "\\\(escaped)" } else { value.append(next) }
            }
            return .other
        }
    }
}
