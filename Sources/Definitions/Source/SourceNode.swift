import ServiceModel

/// A place in a file.
struct Mark: Hashable, Sendable {
    let file: String
    /// Counted from 1.
    let line: Int
    /// Counted from 1, in characters.
    let column: Int

    static func start(of file: String) -> Mark { Mark(file: file, line: 1, column: 1) }
}

/// A value of a document that knows where it was written. What an `!include` brought in knows its own file.
struct SourceNode: Sendable {
    enum Content: Sendable {
        case scalar(JSON, spelling: String)
        case list([SourceNode])
        case map(SourceMap)
    }

    let content: Content
    let mark: Mark

    var json: JSON {
        switch content {
        case .scalar(let value, _): return value
        case .list(let elements): return .array(elements.map(\.json))
        case .map(let members):
            var object = JSONObject(minimumCapacity: members.count)
            for (key, member) in members { object[key] = member.value.json }
            return .object(object)
        }
    }
}

typealias SourceMap = OrderedDictionary<String, SourceMember>

struct SourceMember: Sendable {
    let keyMark: Mark
    let value: SourceNode
    /// Where this map itself writes the key, nil where only a merge brought it: a second one is a mistake.
    let written: Mark?
}

extension SourceNode {
    /// Where a reader should look for `path`: the value when it is a scalar, else its key; the key also when it is the key that is wrong.
    func mark(of path: DocumentPath, isAboutKey: Bool) -> Mark {
        var place = mark
        var node = self
        for (position, component) in path.enumerated() {
            switch (component, node.content) {
            case (.key(let key), .map(let members)):
                guard let member = members[key] else { return place }
                node = member.value
                place = member.keyMark
            case (.index(let index), .list(let elements)) where elements.indices.contains(index):
                node = elements[index]
                place = node.mark
            default: return place
            }
            guard position == path.count - 1, !isAboutKey, case .scalar(let value, let spelling) = node.content else { continue }
            if !(value.isNull && spelling.isEmpty) { place = node.mark }
        }
        return place
    }

    /// The node at `path`.
    func node(at path: DocumentPath) -> SourceNode? {
        var node = self
        for component in path {
            switch (component, node.content) {
            case (.key(let key), .map(let members)):
                guard let member = members[key] else { return nil }
                node = member.value
            case (.index(let index), .list(let elements)) where elements.indices.contains(index): node = elements[index]
            default: return nil
            }
        }
        return node
    }
}
