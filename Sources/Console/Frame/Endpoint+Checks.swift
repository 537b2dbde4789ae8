import Foundation
import HTTPTypes
import ServiceModel

extension Endpoint {
    /// - Throws: ``ConsoleError`` 400 for a field that came twice, or whose value does not fit.
    func checkQuery(_ visit: Visit) throws {
        guard !query.isEmpty else { return }
        let given = Input.fields(visit.path.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? "")
        for field in query {
            let values = given.filter { $0.0 == field.name }.map(\.1)
            guard values.count <= 1 || field.isRepeatable else {
                throw ConsoleError(status: .badRequest, detail: "\(field.name) came more than once in the query")
            }
            for value in values where !value.isEmpty {
                let number = Schema.isNumeric(field.schema) ? Int(value).map(JSON.integer) : nil
                if let problem = Schema.problem(number ?? .string(value), field.schema) {
                    throw ConsoleError(status: .badRequest, detail: "\(field.name) in the query \(problem)")
                }
            }
        }
    }

    /// Checks the fields of a JSON body; those of a form are all texts, and its endpoint's to check.
    ///
    /// - Throws: ``ConsoleError`` 422 with every field that does not fit.
    func checkBody(_ input: JSON) throws {
        var wrong: [ConsoleError.Field] = []
        for field in body {
            let value = input[field.name]
            if value.isNull {
                if field.isRequired { wrong.append(.init(name: field.name, detail: "\(field.name) is missing")) }
            } else if let problem = Schema.problem(value, field.schema) {
                wrong.append(.init(name: field.name, detail: "\(field.name) \(problem)"))
            }
        }
        guard let first = wrong.first else { return }
        throw ConsoleError(status: .unprocessableContent, detail: first.detail, fields: wrong)
    }
}

extension Schema {
    static func isNumeric(_ schema: JSON) -> Bool { schema["type"] == "integer" || schema["type"] == "number" }

    /// What is wrong with a value by the part of JSON Schema that fields use, to follow the field's name; nil for nothing.
    static func problem(_ value: JSON, _ schema: JSON) -> String? {
        let types = schema["type"].string.map { [$0] } ?? schema["type"].strings
        if !types.isEmpty, !types.contains(where: { value.isOf(type: $0) }) {
            return "is to be \(types.joined(separator: " or ")), not \(value.kindName)"
        }
        let choices = schema["enum"].array
        if !choices.isEmpty, !choices.contains(value) {
            return "is one of \(choices.compactMap(\.string).filter { !$0.isEmpty }.joined(separator: ", "))"
        }
        if let number = value.double {
            if let least = schema["minimum"].double, number < least { return "is at least \(schema["minimum"].text)" }
            if let most = schema["maximum"].double, number > most { return "is at most \(schema["maximum"].text)" }
        }
        if let text = value.string {
            if let least = schema["minLength"].int, text.unicodeScalars.count < least { return least == 1 ? "is empty" : "is too short" }
            if let most = schema["maxLength"].int, text.unicodeScalars.count > most { return "is longer than \(most) characters" }
            if let pattern = schema["pattern"].string, let regex = try? Regex(pattern), text.firstMatch(of: regex) == nil {
                return "does not look like \(pattern)"
            }
        }
        if !schema["items"].isNull { return value.array.lazy.compactMap { problem($0, schema["items"]) }.first.map { "has an element that \($0)" } }
        return nil
    }
}

extension JSON {
    fileprivate func isOf(type: String) -> Bool {
        switch self {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .integer: type == "integer" || type == "number"
        case .number: type == "number"
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
