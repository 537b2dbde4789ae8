import ServiceModel

/// Short forms of JSON Schema, for what endpoints take and answer.
enum Schema {
    static let text: JSON = ["type": "string"]
    static let time: JSON = ["type": "string", "format": "date-time"]
    static let integer: JSON = ["type": "integer"]
    static let number: JSON = ["type": "number"]
    static let bool: JSON = ["type": "boolean"]
    static let texts: JSON = list(text)
    /// Any object: what it holds is another program's, such as ECS's.
    static let anything: JSON = ["type": "object"]

    static func list(_ element: JSON) -> JSON { ["type": "array", "items": element] }
    static func choice(_ values: [String]) -> JSON { ["type": "string", "enum": JSON(values)] }
    static func optional(_ schema: JSON) -> JSON { ["anyOf": [schema, ["type": "null"]]] }

    static func nullable(_ schema: JSON) -> JSON {
        var schema = schema
        if !schema["type"].isNull { schema["type"] = JSON((schema["type"].string.map { [$0] } ?? schema["type"].strings) + ["null"]) }
        if !schema["enum"].isNull { schema["enum"] = .array(schema["enum"].array + [.null]) }
        return schema
    }

    /// An object with these members; those whose name ends with `?` may be missing.
    static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        var properties = JSONObject()
        var required: [String] = []
        for (name, schema) in members {
            let plain = name.hasSuffix("?") ? String(name.dropLast()) : name
            properties[plain] = schema
            if plain == name { required.append(name) }
        }
        var object: JSON = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { object["required"] = JSON(required) }
        return object
    }
}
