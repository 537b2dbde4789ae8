public import OrderedCollections

/// What an AWS service's requests and answers look like, read from the tables that `script/generate-service-model` writes.
///
/// The client, the engine, the checks of a definition and the editors' schema all read these tables, so they cannot disagree.
public struct ServiceModel: Sendable {
    /// botocore's name of the service: `ecs`, `elbv2`, `logs`, `sts`.
    public let name: String
    public let wireProtocol: WireProtocol
    public let version: String
    /// The prefix of `X-Amz-Target` (JSON) or the XML name space (Query).
    public let scope: String
    public let operations: [String: Operation]
    public let shapes: [String: Shape]
    /// Names of the service's exceptions with the code that goes over the wire.
    public let exceptions: [String: String]
    let memberNames = MemberNames()

    public enum WireProtocol: String, Sendable {
        case json
        case query
    }

    public struct Operation: Sendable, Hashable {
        public let name: String
        public let input: String?
        public let output: String?
    }

    public static let ecs = ServiceModel(table: ecsTable)
    public static let elbv2 = ServiceModel(table: elbv2Table)
    public static let logs = ServiceModel(table: logsTable)
    public static let sts = ServiceModel(table: stsTable)
    public static let drills = ServiceModel(table: drillsTable)

    /// The shape called `type`; a primitive's name stands for itself.
    public func shape(_ type: String) -> Shape {
        Shape.primitives[type] ?? shapes[type] ?? .document
    }

    /// The members of the structure called `name`, none when there is no such structure.
    public func structure(_ name: String) -> Structure {
        if case .structure(let structure) = shapes[name] { structure } else { Structure(name: name, members: [:]) }
    }
}

/// One type of a service's model.
public enum Shape: Sendable {
    case string, integer, long, double, boolean, timestamp, blob, document
    case enumeration([String])
    case list(of: String)
    case map(of: String)
    case structure(Structure)

    static let primitives: [String: Shape] = [
        "string": .string, "integer": .integer, "long": .long, "double": .double, "boolean": .boolean, "timestamp": .timestamp, "blob": .blob,
        "document": .document,
    ]
}

/// The members of a structure, in the model's order.
public struct Structure: Sendable {
    public let name: String
    public let members: OrderedDictionary<String, Member>

    public struct Member: Sendable {
        public let name: String
        public let type: String
        public let isRequired: Bool
        /// The order of this list says nothing: two lists are equal when they hold the same elements.
        public let isUnordered: Bool
        /// What the service puts where a request leaves the member out.
        public let defaultValue: JSON?
    }
}

extension ServiceModel {
    init(table: String) {
        self.init(table: table, TableReader())
    }

    /// This model with the shapes of a further table, in the format of `script/generate-service-model`. There a structure may name others
    /// whose members it takes over, and members that it leaves out: `structure App ContainerDefinition -name -image`.
    public func extended(by table: String) -> ServiceModel {
        ServiceModel(table: table, TableReader(extending: self))
    }

    private init(table: String, _ reader: TableReader) {
        var reader = reader
        for line in table.utf8.split(separator: UInt8(ascii: "\n")) { reader.read(line) }
        reader.endStructure()
        name = reader.service[0]
        wireProtocol = WireProtocol(rawValue: reader.service[1]) ?? .json
        version = reader.service[2]
        scope = reader.service[3]
        operations = reader.operations
        shapes = reader.shapes
        exceptions = reader.exceptions
    }
}

/// Reads the line format that `script/generate-service-model` describes.
private struct TableReader {
    var service: [String] = ["", "", "", ""]
    var operations: [String: ServiceModel.Operation] = [:]
    var shapes: [String: Shape] = [:]
    var exceptions: [String: String] = [:]
    private var structure: String?
    private var members: OrderedDictionary<String, Structure.Member> = [:]
    private var inherited: OrderedDictionary<String, Structure.Member> = [:]

    init() {}

    init(extending model: ServiceModel) {
        service = [model.name, model.wireProtocol.rawValue, model.version, model.scope]
        operations = model.operations
        shapes = model.shapes
        exceptions = model.exceptions
    }

    mutating func read(_ line: Substring.UTF8View) {
        let isMember = line.first == UInt8(ascii: " ")
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: isMember ? 1 : Int.max).map { String(Substring($0)) }
        guard let keyword = words.first else { return }
        if isMember {
            readMember(keyword, words[1])
            return
        }
        endStructure()
        switch keyword {
        case "service": service = Array(words.dropFirst())
        case "operation":
            operations[words[1]] = .init(name: words[1], input: words[2] == "-" ? nil : words[2], output: words[3] == "-" ? nil : words[3])
        case "structure":
            structure = words[1]
            inherit(words.dropFirst(2))
        case "list": shapes[words[1]] = .list(of: words[2])
        case "map": shapes[words[1]] = .map(of: words[2])
        case "enum": shapes[words[1]] = .enumeration(Array(words.dropFirst(2)))
        case "exception": exceptions[words[1]] = words[2]
        default: break
        }
    }

    /// Takes over the members of other structures; of two with one name the first stays.
    private mutating func inherit(_ words: some Sequence<String>) {
        for word in words {
            if word.hasPrefix("-") {
                inherited[String(word.dropFirst())] = nil
            } else if case .structure(let base)? = shapes[word] {
                inherited.merge(base.members) { first, _ in first }
            }
        }
    }

    private mutating func readMember(_ name: String, _ facts: String) {
        let parts = facts.split(separator: "=", maxSplits: 1)
        var type = parts[0]
        let isUnordered = type.last == "~"
        if isUnordered { type.removeLast() }
        let isRequired = type.last == "!"
        if isRequired { type.removeLast() }
        members[name] = .init(
            name: name, type: String(type), isRequired: isRequired, isUnordered: isUnordered,
            defaultValue: parts.count > 1 ? try? JSON(parsing: String(parts[1])) : nil)
    }

    mutating func endStructure() {
        guard let structure else { return }
        members.merge(inherited) { own, _ in own }
        shapes[structure] = .structure(Structure(name: structure, members: members))
        members = [:]
        inherited = [:]
        self.structure = nil
    }
}
