/// A file of AWS's shared configuration: sections of settings, where a setting may hold settings of its own.
struct INIFile: Sendable {
    struct Section: Sendable, Hashable {
        var settings: [String: String] = [:]
        /// Settings below a setting without a value, as `services` sections have them.
        var nested: [String: [String: String]] = [:]
    }

    /// By the text in brackets; a section that is opened twice goes on.
    private(set) var sections: [String: Section] = [:]

    /// - Parameter path: for messages.
    init(_ text: String, path: String) throws(AWSError) {
        var section: String?
        var parent: String?
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let isIndented = line.first == " " || line.first == "\t"
            let content = Self.trim(line)
            guard let first = content.first, first != "#", first != ";" else { continue }
            if !isIndented, first == "[" {
                guard let end = content.firstIndex(of: "]") else { throw Self.error("a section without its ']'", path, index) }
                let name = Self.trim(content[content.index(after: content.startIndex)..<end])
                section = name.split(whereSeparator: \.isWhitespace).joined(separator: " ").replacing("\"", with: "")
                sections[section ?? "", default: Section()].settings.merge([:]) { $1 }
                parent = nil
                continue
            }
            guard let section else { throw Self.error("a setting before the first section", path, index) }
            let parts = content.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if isIndented, let parent {
                if sections[section]?.settings[parent]?.isEmpty == true {
                    guard parts.count == 2 else { throw Self.error("expected 'key = value' below \(parent)", path, index) }
                    sections[section]?.nested[parent, default: [:]][Self.trim(parts[0]).lowercased()] = Self.value(parts[1], of: "")
                } else {
                    sections[section]?.settings[parent]? += "\n\(content)"
                }
                continue
            }
            guard parts.count == 2, !Self.trim(parts[0]).isEmpty else { throw Self.error("expected 'key = value'", path, index) }
            let key = Self.trim(parts[0]).lowercased()
            sections[section]?.settings[key] = Self.value(parts[1], of: key)
            parent = key
        }
    }

    /// A comment may follow a value after a blank; a command keeps its text, since both marks mean something to a shell.
    private static func value(_ text: Substring, of key: String) -> String {
        let text = trim(text)
        guard key != "credential_process" else { return text }
        let marks = [" #", " ;", "\t#", "\t;"].compactMap { text.firstRange(of: $0)?.lowerBound }
        return marks.min().map { trim(text[..<$0]) } ?? text
    }

    private static func trim(_ text: some StringProtocol) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func error(_ message: String, _ path: String, _ index: Int) -> AWSError {
        AWSError(kind: .configuration, message: "\(path):\(index + 1): \(message)")
    }
}
