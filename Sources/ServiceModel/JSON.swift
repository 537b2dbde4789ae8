public import OrderedCollections

/// A JSON value that keeps the order of its keys and tells integers from other numbers.
///
/// Requests, answers and definitions are data here; this is the one type they travel in.
public enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

/// The members of a JSON object in the order they were written.
public typealias JSONObject = OrderedDictionary<String, JSON>

extension JSON {
    /// The member `key` of an object, or null when there is none or this is no object. Setting null removes the member.
    public subscript(key: String) -> JSON {
        get {
            guard case .object(let members) = self else { return .null }
            return members[key] ?? .null
        }
        set {
            guard case .object(var members) = self else {
                if case .null = self { self = newValue.isNull ? .null : .object([key: newValue]) }
                return
            }
            self = .null  // gives up this copy of the storage, so that the write below is in place
            if newValue.isNull { members.removeValue(forKey: key) } else { members[key] = newValue }  // a bare nil would be JSON's null
            self = .object(members)
        }
    }

    /// The element at `index` of an array, or null when there is none or this is no array.
    public subscript(index: Int) -> JSON {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return .null }
        return elements[index]
    }

    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The integer, also when it was written as a number without a fraction (`3.0`).
    public var int: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        default: nil
        }
    }

    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements of an array; empty for everything else.
    public var array: [JSON] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The members of an object; empty for everything else.
    public var object: JSONObject {
        if case .object(let members) = self { members } else { [:] }
    }

    /// The strings of an array, others left out.
    public var strings: [String] { array.compactMap(\.string) }

    /// What a reader would call this value: "a string", "a list", …
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "a map"
        }
    }

    /// An object of the members that are not null: how optional members are left out of a request.
    public static func compact(_ members: KeyValuePairs<String, JSON>) -> JSON {
        var object = JSONObject(minimumCapacity: members.count)
        for (key, value) in members where !value.isNull { object[key] = value }
        return .object(object)
    }

    public init(_ value: String?) { self = value.map(JSON.string) ?? .null }
    public init(_ value: Int?) { self = value.map(JSON.integer) ?? .null }
    public init(_ value: Bool?) { self = value.map(JSON.bool) ?? .null }
    public init(_ value: Double?) { self = value.map(JSON.number) ?? .null }
    public init(_ values: [String]) { self = .array(values.map(JSON.string)) }
}

/// Two objects are equal when they have the same members, in whatever order.
extension JSON: Hashable {
    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.integer(let left), .integer(let right)): return left == right
        case (.string(let left), .string(let right)): return left == right
        case (.array(let left), .array(let right)): return left == right
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            for (key, value) in left {
                guard let other = right[key], other == value else { return false }
            }
            return true
        case (.number, .number), (.number, .integer), (.integer, .number): return left.double == right.double
        default: return false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .integer, .number: hasher.combine(double)
        case .string(let value): hasher.combine(value)
        case .array(let elements): hasher.combine(elements)
        case .object(let members):
            var sum = 0
            for (key, value) in members {
                var member = Hasher()
                member.combine(key)
                member.combine(value)
                sum &+= member.finalize()
            }
            hasher.combine(sum)
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(nilLiteral: ()) { self = .null }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements, uniquingKeysWith: { _, last in last }))
    }
}
