/// Where a value stands in a document: `containerDefinitions`, `0`, `image`.
public enum PathComponent: Hashable, Sendable, CustomStringConvertible {
    case key(String)
    case index(Int)

    public var description: String {
        switch self {
        case .key(let key): key
        case .index(let index): "[\(index)]"
        }
    }
}

/// A place in a document, from its root.
public typealias DocumentPath = [PathComponent]

extension [PathComponent] {
    /// The path as people write it: `app.port_mappings[0].host_port`.
    public var text: String {
        reduce(into: "") { text, component in
            if case .key = component, !text.isEmpty { text.append(".") }
            text.append(component.description)
        }
    }
}

/// Something in a document that does not fit the model.
public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: DocumentPath
    public let message: String
    /// The problem is the name of the last key in `path`, not its value.
    public let isAboutKey: Bool

    public init(_ message: String, at path: DocumentPath, isAboutKey: Bool = false) {
        self.path = path
        self.message = message
        self.isAboutKey = isAboutKey
    }

    public var description: String { path.isEmpty ? message : "\(path.text): \(message)" }
}

/// Compares a value with a shape of a service's model: finds everything that does not fit, and gives the value as it goes over the wire.
public struct Checker {
    public enum Style: Sendable {
        /// A request: the model's own keys; unknown ones are left out, as AWS does.
        case request
        /// A definition: snake_case keys; unknown ones are problems; numbers and booleans may be quoted.
        case definition
    }

    private let model: ServiceModel
    private let style: Style
    /// How the document spells the scalar at a path, where that is not how JSON writes it: `yes` for true, `0777` for 511.
    private let spelling: (DocumentPath) -> String?
    public private(set) var problems: [Problem] = []

    public init(model: ServiceModel, style: Style, spelling: @escaping (DocumentPath) -> String? = { _ in nil }) {
        self.model = model
        self.style = style
        self.spelling = spelling
    }

    /// Checks `value` against the shape called `type`.
    ///
    /// - Returns: the value with the model's keys and types. Null members are left out. What did not fit is left out and noted in ``problems``.
    public mutating func check(_ value: JSON, as type: String, at path: DocumentPath = []) -> JSON {
        switch model.shape(type) {
        case .string, .blob: return string(value, at: path)
        case .integer, .long: return integer(value, at: path)
        case .double, .timestamp: return number(value, at: path)
        case .boolean: return boolean(value, at: path)
        case .document: return value
        case .enumeration(let allowed): return enumeration(value, allowed, at: path)
        case .list(let element):
            guard case .array(let elements) = value else { return wrong(value, "a list", at: path) }
            return .array(elements.enumerated().map { check($1, as: element, at: path + [.index($0)]) })
        case .map(let element):
            guard case .object(let members) = value else { return wrong(value, "a map", at: path) }
            var result = JSONObject()
            for (key, value) in members where !value.isNull || style == .definition {
                result[key] = check(value, as: element, at: path + [.key(key)])
            }
            return .object(result)
        case .structure(let structure):
            guard case .object(let members) = value else { return wrong(value, "a map", at: path) }
            return check(members, as: structure, at: path)
        }
    }

    private mutating func check(_ members: JSONObject, as structure: Structure, at path: DocumentPath) -> JSON {
        style == .definition ? checkDefinition(members, as: structure, at: path) : checkRequest(members, as: structure, at: path)
    }

    private mutating func checkRequest(_ members: JSONObject, as structure: Structure, at path: DocumentPath) -> JSON {
        var result = JSONObject()
        for (key, value) in members where !value.isNull {
            if let member = structure.members[key] { result[key] = check(value, as: member.type, at: path + [.key(key)]) }
        }
        for member in structure.members.values where member.isRequired && members[member.name] ?? .null == .null {
            problems.append(Problem("\(member.name) is missing", at: path))
        }
        return .object(result)
    }

    private mutating func checkDefinition(_ members: JSONObject, as structure: Structure, at path: DocumentPath) -> JSON {
        var result = JSONObject()
        let names = model.memberNames.of(structure)
        for (key, value) in members {
            guard let member = names.byKey[key] else {
                unknownKey(key, among: names.byKey.keys, at: path)
                continue
            }
            if !value.isNull { result[member.name] = check(value, as: member.type, at: path + [.key(key)]) }
        }
        for (key, member) in names.required where members[key] ?? .null == .null {
            if let value = member.defaultValue {
                result[member.name] = value
            } else {
                problems.append(Problem("\(key) is missing", at: path))
            }
        }
        return .object(result)
    }

    /// Notes that `key` is not one of the known keys, with the nearest of them.
    public mutating func unknownKey(_ key: String, among known: some Sequence<String>, at path: DocumentPath) {
        let hint = Naming.nearest(to: key, among: known).map { ", did you mean \($0)?" } ?? ""
        problems.append(Problem("unknown key \(key)\(hint)", at: path + [.key(key)], isAboutKey: true))
    }

    /// Notes a problem that the caller found.
    public mutating func report(_ message: String, at path: DocumentPath) {
        problems.append(Problem(message, at: path))
    }

    private mutating func wrong(_ value: JSON, _ expected: String, at path: DocumentPath) -> JSON {
        problems.append(Problem("\(subject(path))must be \(expected), not \(value.kindName)", at: path))
        return .null
    }

    /// What a message starts with. A definition's problems are shown with a line number, so they name the key; a request's are shown with the path.
    private func subject(_ path: DocumentPath) -> String {
        guard style == .definition else { return "" }
        guard let key = path.lastIndex(where: { if case .key = $0 { true } else { false } }) else { return "the definition " }
        return path[key...].map(\.description).joined() + " "
    }

    private mutating func string(_ value: JSON, at path: DocumentPath) -> JSON {
        if case .string = value { return value }
        if style == .definition, let fallback = value.scalarText {
            let text = spelling(path) ?? fallback
            problems.append(Problem("\(subject(path))must be a string, not \(value.kindName): write '\(text)'", at: path))
            return .null
        }
        return wrong(value, "a string", at: path)
    }

    private mutating func integer(_ value: JSON, at path: DocumentPath) -> JSON {
        if let integer = value.int { return .integer(integer) }
        if style == .definition, let integer = value.string.flatMap({ Int($0) }) { return .integer(integer) }
        return wrong(value, "an integer", at: path)
    }

    private mutating func number(_ value: JSON, at path: DocumentPath) -> JSON {
        if value.double != nil { return value }
        if style == .definition, let number = value.string.flatMap({ Double($0) }), number.isFinite { return .number(number) }
        return wrong(value, "a number", at: path)
    }

    private mutating func boolean(_ value: JSON, at path: DocumentPath) -> JSON {
        if case .bool = value { return value }
        if style == .definition, let text = value.string {
            if text == "true" { return .bool(true) }
            if text == "false" { return .bool(false) }
        }
        return wrong(value, "true or false", at: path)
    }

    private mutating func enumeration(_ value: JSON, _ allowed: [String], at path: DocumentPath) -> JSON {
        guard case .string(let text) = value else { return string(value, at: path) }
        if allowed.contains(text) { return value }
        let hint = Naming.nearest(to: text, among: allowed).map { ", did you mean \($0)?" } ?? ""
        problems.append(Problem("\(subject(path))\"\(text)\" is none of \(allowed.joined(separator: ", "))\(hint)", at: path))
        return .null
    }
}

extension JSON {
    /// The text of a scalar, as YAML would show it.
    public var scalarText: String? {
        switch self {
        case .string(let value): value
        case .integer(let value): String(value)
        case .number(let value): "\(value)"
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
