import OrderedCollections

/// The members of a map in the order that hako gives them.
///
/// Keys come in one after the other and the last writer wins, also against the YAML specification: `<<` overrides what stands before it and is
/// overridden by what stands after it. An overridden key keeps its place.
struct YAMLMap {
    private var members = SourceMap()
    private static let mergeKey = "<<"

    /// Sets a key.
    ///
    /// - Returns: where this map has written the key before, if it has.
    mutating func set(_ key: String, _ value: SourceNode, at mark: Mark, isWritten: Bool) -> Mark? {
        let written = members[key]?.written
        members[key] = SourceMember(keyMark: mark, value: value, written: isWritten ? mark : nil)
        return isWritten ? written : nil
    }

    /// Merges what stands at `<<` when it is a map, an alias of one, or a list of maps, where the earlier element wins.
    ///
    /// - Returns: false for everything else; an included map stays at `<<` until ``finished()`` splices it in there, so that of two the second
    ///   replaces the first.
    mutating func merge(_ value: SourceNode, from kind: YAMLEvent.Kind, at mark: Mark) -> Bool {
        switch (kind, value.content) {
        case (.mapStart, .map(let merged)), (.alias, .map(let merged)):
            override(with: merged)
            return true
        case (.listStart, .list(let elements)):
            var together = SourceMap()
            for element in elements.reversed() {
                guard case .map(let merged) = element.content else { return false }
                for (key, member) in merged { together[key] = member }
            }
            override(with: together)
            return true
        default: return false
        }
    }

    private mutating func override(with merged: SourceMap) {
        for (key, member) in merged {
            members[key] = SourceMember(keyMark: member.keyMark, value: member.value, written: members[key]?.written)
        }
    }

    /// The map, with an included map spliced in where its `<<` stands.
    consuming func finished() -> SourceMap {
        guard case .map(let included)? = members[Self.mergeKey]?.value.content else { return members }
        var result = SourceMap()
        for (key, member) in members {
            if key == Self.mergeKey {
                for (key, member) in included { result[key] = member }
            } else {
                result[key] = member
            }
        }
        return result
    }
}
