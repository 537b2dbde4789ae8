import ServiceModel

/// What a change looks like in the audit log: bounded, and without secrets.
enum AuditMask {
    private static let mask = "•••"
    private static let longestText = 500
    private static let mostMembers = 50
    /// In bytes; of each of before and after.
    private static let limit = 4096

    /// - Returns: null for null. Numbers with a fraction become texts, so that everybody who recomputes a hash writes them alike.
    static func masked(_ value: JSON) -> JSON {
        let clean = clean(value, depth: 0)
        return clean.bytes.count <= limit ? clean : .string(text(clean.text))
    }

    /// A text without what looks like a secret, cut to a bearable length.
    static func text(_ text: String) -> String {
        let hidden = text.prefix(2 * longestText)
            // The path of an incoming webhook is all that one needs to write into its channel.
            .replacing(/(https?:\/\/[^\s\/"@]*\/)(services|workflows|triggers)\/[^\s"]+/) { "\($0.1)\($0.2)/\(mask)" }
            .replacing(/:\/\/[^\s\/@"]+@/) { _ in "://\(mask)@" }
            .replacing(/\b(jbk_|jbk[a-z]_|xox[a-z]-|gh[a-z]_|eyJ|AKIA)[A-Za-z0-9_\-.]{6,}/) { "\($0.1)\(mask)" }
        let plain = String(String.UnicodeScalarView(hidden.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
        return plain.count <= longestText ? plain : plain.prefix(longestText) + "…"
    }

    private static func clean(_ value: JSON, depth: Int) -> JSON {
        switch value {
        case .null, .bool, .integer: value
        case .number(let number): Int(exactly: number).map(JSON.integer) ?? .string("\(number)")
        case .string(let string): .string(text(string))
        case .array(let elements): depth > 5 ? "…" : .array(elements.prefix(mostMembers).map { clean($0, depth: depth + 1) })
        case .object(let members):
            depth > 5
                ? "…"
                : .object(
                    JSONObject(
                        members.prefix(mostMembers).map { key, value in
                            (text(key), isSecret(key) && !value.isNull ? .string(mask) : clean(value, depth: depth + 1))
                        }, uniquingKeysWith: { _, last in last }))
        }
    }

    private static func isSecret(_ name: String) -> Bool {
        name.lowercased().contains(/secret|password|passwd|authorization|cookie|private|credential|(^|_)token$|(^|_)key$/)
    }
}
