public import ServiceModel

/// The JSON Schema of a definition, for editors. It is made of the tables that the checks read.
public enum DefinitionSchema {
    /// A schema of draft 2020-12.
    public static var schema: JSON {
        var writer = SchemaWriter()
        let root = writer.schema(of: "Definition")
        var schema: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Jubako definition",
            "description": "One app: its containers, and how they run on Amazon ECS.",
        ]
        schema.merge(root.object) { first, _ in first }
        schema["$defs"] = .object(writer.definitions)
        return .object(schema)
    }
}

private struct SchemaWriter {
    var definitions: JSONObject = [:]

    private static let scalar: JSON = ["type": ["string", "integer", "number", "boolean", "null"]]

    /// What the type called `type` takes. Structures become definitions of their own, so that each is written once.
    mutating func schema(of type: String) -> JSON {
        if type == "Env" { return Self.environment }
        if type == "GenericRules" { return Self.genericRules }
        if ["Monitoring", "RequestIndicator", "UptimeIndicator"].contains(type) {
            return ["anyOf": [["type": "boolean"], reference(to: DefinitionModel.model.structure(type))]]
        }
        if type == "Labels" { return ["type": "object", "additionalProperties": Self.scalar] }
        switch DefinitionModel.model.shape(type) {
        case .string, .blob: return ["type": "string"]
        case .integer, .long: return ["type": ["integer", "string"], "pattern": "^[-+]?[0-9]+$"]
        case .double, .timestamp: return ["type": ["number", "string"], "pattern": "^[-+]?[0-9]+([.][0-9]+)?$"]
        case .boolean: return ["enum": [true, false, "true", "false"]]
        case .document: return .object([:])
        case .enumeration(let values): return ["enum": JSON(values)]
        case .list(let element): return ["type": "array", "items": schema(of: element)]
        case .map(let element): return ["type": "object", "additionalProperties": schema(of: element)]
        case .structure(let structure): return reference(to: structure)
        }
    }

    private mutating func reference(to structure: Structure) -> JSON {
        if definitions[structure.name] == nil {
            definitions[structure.name] = .object([:])  // a structure that holds itself finds itself here
            definitions[structure.name] = object(structure)
        }
        return ["$ref": .string("#/$defs/\(structure.name)")]
    }

    private mutating func object(_ structure: Structure) -> JSON {
        var properties = JSONObject()
        for member in structure.members.values {
            var property = schema(of: member.type)
            if let value = member.defaultValue, property["$ref"].isNull { property["default"] = value }
            properties[Naming.snakeCase(member.name)] = property
        }
        let required = structure.members.values.filter { $0.isRequired && $0.defaultValue == nil }.map { Naming.snakeCase($0.name) }
        var result: JSON = ["type": "object", "properties": .object(properties), "additionalProperties": false]
        if !required.isEmpty { result["required"] = JSON(required) }
        return result
    }

    private static let genericRules: JSON = [
        "anyOf": [
            ["type": "boolean"],
            [
                "type": "object", "properties": ["except": ["type": "array", "items": ["type": "string"]]], "required": ["except"],
                "additionalProperties": false,
            ],
        ]
    ]

    private static let environment: JSON = [
        "type": "object",
        "properties": [
            "$providers": [
                "type": "array",
                "items": [
                    "type": "object",
                    "properties": [
                        "type": ["enum": JSON(EnvironmentProvider.Kind.allCases.map(\.rawValue))], "path": ["type": "string"],
                        "key_sep": ["type": "string", "default": "."], "ary_sep": ["type": "string", "default": ","],
                    ],
                    "required": ["type", "path"], "additionalProperties": false,
                ],
            ]
        ],
        "additionalProperties": ["type": "string"],
    ]
}
