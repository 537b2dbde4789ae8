import ServiceModel

/// One attribute of strings by key, such as `tags`, with what is not known of it yet.
enum TagMap: Sendable {
    /// The resource has no such attribute.
    case absent
    case null
    /// Unknown as a whole.
    case unknown
    case known([String: JSON], unknownKeys: Set<String>, sensitive: JSON)
    /// It is something else: a list, a set of blocks.
    case otherShape

    init(_ attribute: String, of change: PlannedChange) {
        self.init(
            after: change.after[attribute], unknown: change.afterUnknown[attribute],
            sensitive: change.afterSensitive.bool == true ? true : change.afterSensitive[attribute])
    }

    init(after: JSON?, unknown: JSON?, sensitive: JSON) {
        if unknown?.bool == true {
            self = .unknown
            return
        }
        if case .array = unknown {
            self = .otherShape
            return
        }
        switch after {
        case nil: self = unknown == nil ? .absent : .null
        case .null: self = .null
        case .object(let members):
            let unknownKeys = Set((unknown ?? .null).object.filter { $0.value.bool != false }.keys)
            let values = members.reduce(into: [String: JSON](minimumCapacity: members.count)) { $0[$1.key] = $1.value }
            self = .known(values, unknownKeys: unknownKeys, sensitive: sensitive)
        default: self = .otherShape
        }
    }

    enum Lookup: Sendable, Hashable {
        case has(String?)
        case unknown
        case hasNot
    }

    /// What the map says of a key; nil if it is not known, or no map.
    ///
    /// - Parameter ignoresCase: Azure's keys are the same in capitals.
    func lookup(_ rule: TagRule, ignoresCase: Bool = false) -> Lookup? {
        switch self {
        case .absent, .unknown, .otherShape: return nil
        case .null: return .hasNot
        case .known(let values, let unknownKeys, let sensitive):
            func isMeant(_ key: String) -> Bool { key == rule.key || ignoresCase && key.lowercased() == rule.key.lowercased() }
            if unknownKeys.contains(where: isMeant) { return .unknown }
            let found = values.filter { isMeant($0.key) }
            guard !found.isEmpty else { return .hasNot }
            // two spellings of one key: the one that is not as it should be decides
            let texts = found.map { (key: $0.key, text: $0.value.string ?? ($0.value.isNull ? "" : $0.value.text)) }
            guard let worst = texts.first(where: { $0.text != rule.value }) ?? texts.first, !worst.text.isEmpty else { return .hasNot }
            let isSecret = sensitive.bool == true || sensitive[worst.key].bool == true
            return .has(isSecret && worst.text != rule.value ? nil : worst.text)
        }
    }

    var exists: Bool { if case .absent = self { false } else { true } }
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
    var isOtherShape: Bool { if case .otherShape = self { true } else { false } }
}
