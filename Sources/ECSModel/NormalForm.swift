public import ServiceModel

/// Brings two ways to say the same to one form, so that what remains different is a difference.
///
/// The rules come from the field tables: what a request leaves out, what is null, empty or false, and what equals ECS's own default say the
/// same; a quoted number is a number. Fields that the tables do not have (those that only the server writes) are left out.
public struct NormalForm: Sendable {
    private let model: ServiceModel

    public init(model: ServiceModel = .ecs) {
        self.model = model
    }

    /// The normal form of `value`, read as the shape `type`; null when it says nothing beyond the defaults.
    public func normal(_ value: JSON, as type: String) -> JSON {
        switch model.shape(type) {
        case .string, .blob: return value.scalarText.map(JSON.string) ?? .null
        case .enumeration(let allowed): return enumeration(value, allowed)
        case .integer, .long: return integer(value)
        case .double, .timestamp: return value.double.map { .number($0) } ?? value.string.flatMap { Double($0) }.map { .number($0) } ?? .null
        case .boolean: return boolean(value)
        case .document: return value
        case .list(let element):
            let elements = value.array.map { normalElement($0, as: element) }.filter { !$0.isNull }
            return elements.isEmpty ? .null : .array(elements)
        case .map(let element):
            var result = JSONObject()
            for (key, member) in value.object { result[key] = normalElement(member, as: element) }
            result = result.filter { !$0.value.isNull }
            return result.isEmpty ? .null : .object(result)
        case .structure(let structure):
            guard case .object(let members) = value else { return .null }
            let result = self.members(members, of: structure)
            return result.isEmpty ? .null : .object(result)
        }
    }

    /// The default of a member in normal form; null when it has none. A boolean without one is false.
    public func defaultValue(of member: Structure.Member) -> JSON {
        if let value = member.defaultValue { return normal(value, as: member.type) }
        if case .boolean = model.shape(member.type) { return .bool(false) }
        return .null
    }

    private func members(_ members: JSONObject, of structure: Structure) -> JSONObject {
        var result = JSONObject()
        for member in structure.members.values {
            guard let value = members[member.name], !value.isNull else { continue }
            let normal = normal(value, as: member.type)
            if !normal.isNull, normal != defaultValue(of: member) { result[member.name] = normal }
        }
        return result
    }

    /// An element counts even when it says nothing beyond the defaults.
    private func normalElement(_ value: JSON, as type: String) -> JSON {
        if case .structure(let structure) = model.shape(type), case .object(let members) = value {
            return .object(self.members(members, of: structure))
        }
        return normal(value, as: type)
    }

    private func enumeration(_ value: JSON, _ allowed: [String]) -> JSON {
        guard let text = value.scalarText else { return .null }
        // ECS takes `TCP` for `tcp` and answers with its own spelling.
        return .string(allowed.first { $0 == text } ?? allowed.first { $0.lowercased() == text.lowercased() } ?? text)
    }

    private func integer(_ value: JSON) -> JSON {
        if let integer = value.int { return .integer(integer) }
        let number = value.double ?? value.string.flatMap { Double($0) }
        return number.flatMap { Int(exactly: $0.rounded(.towardZero)) }.map(JSON.integer) ?? .null
    }

    private func boolean(_ value: JSON) -> JSON {
        if let bool = value.bool { return .bool(bool) }
        switch value.string {
        case "true": return true
        case "false": return false
        default: return .null
        }
    }
}
