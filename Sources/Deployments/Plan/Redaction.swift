import ECSModel
public import ServiceModel

/// Which values must not be shown.
///
/// A value that came out of an env provider is a secret: it is what differs between the definition as written and as resolved. What the
/// live side holds cannot be known, so names and forms that give secrets away are hidden as well.
public struct Redaction: Sendable {
    /// What stands in place of a secret.
    public static let hidden = "(hidden)"

    private let paths: Set<DocumentPath>
    private let values: [String]

    /// Hides only what looks like a secret.
    public init() {
        paths = []
        values = []
    }

    /// - Parameters:
    ///   - placeholders: the task definition with its variables unresolved.
    ///   - resolved: the same with their values.
    public init(placeholders: JSON, resolved: JSON) {
        let secrets = TaskDefinitionForm.differences(from: placeholders, to: resolved)
        paths = Set(secrets.map(\.path))
        values = Set(secrets.compactMap(\.new.scalarText)).filter { $0.count >= 4 }.sorted { $0.count > $1.count }
    }

    /// - Parameter unresolved: a task definition as written; what holds a variable (`#{NAME}`, `${NAME}`) is a secret.
    public init(unresolved: JSON) {
        let all = TaskDefinitionForm.differences(from: .null, to: unresolved)
        paths = Set(all.filter { $0.new.text.contains("#{") || $0.new.text.contains("${") }.map(\.path))
        values = []
    }

    /// The text of one side of a difference; `(hidden)` in place of a secret.
    public func text(_ value: JSON, at path: DocumentPath) -> String {
        isHidden(value, at: path) ? Self.hidden : value.text
    }

    /// The value of one side of a difference for JSON output.
    public func value(_ value: JSON, at path: DocumentPath) -> JSON {
        isHidden(value, at: path) ? .string(Self.hidden) : value
    }

    /// A text that somebody else wrote, an app's log line say, without the values that are known to be secrets.
    public func scrubbed(_ text: String) -> String {
        values.reduce(text) { $0.contains($1) ? $0.replacing($1, with: Self.hidden) : $0 }
    }

    /// The same for every text in a value.
    public func scrubbed(_ json: JSON) -> JSON {
        switch json {
        case .string(let text): .string(scrubbed(text))
        case .array(let elements): .array(elements.map { scrubbed($0) })
        case .object(let members): .object(members.mapValues { scrubbed($0) })
        default: json
        }
    }

    private func isHidden(_ value: JSON, at path: DocumentPath) -> Bool {
        if value.isNull { return false }
        if paths.contains(path) { return true }
        let text = value.text
        if values.contains(where: text.contains) { return true }
        // A URL with a password in it.
        if text.contains(/:\/\/[^\/\s"@]*:[^\/\s"@]+@/) { return true }
        guard path.count > 2, path[path.count - 3] == .key("environment"), path.last == .key("value") else { return false }
        let name = path[path.count - 2].description.uppercased()
        if ["PASS", "SECRET", "TOKEN", "CREDENTIAL", "PRIVATE", "API_KEY", "APIKEY", "ACCESS_KEY", "DSN", "AUTH"].contains(where: name.contains) {
            return true
        }
        return name.hasSuffix("_KEY") || name == "KEY"
    }
}
