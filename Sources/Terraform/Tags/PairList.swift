import ServiceModel

/// Tags as a list of key and value: the blocks of an auto-scaling group.
struct PairList {
    var pairs: [(key: String?, value: String?)] = []
    /// The list is not known, or one of its keys is not.
    var hasUnknown = false
    var isSecret = false

    init(_ attribute: String, of change: PlannedChange) {
        let unknown = change.afterUnknown[attribute] ?? .null
        hasUnknown = unknown.bool == true
        let sensitive = change.afterSensitive.bool == true ? true : change.afterSensitive[attribute]
        isSecret = sensitive.bool == true || sensitive.array.contains { $0.bool == true || $0["value"].bool == true }
        let entries = (change.after[attribute] ?? .null).array
        for (index, entry) in entries.enumerated() {
            let isUnknown = unknown[index]
            if isUnknown.bool == true || isUnknown["key"].bool == true {
                hasUnknown = true
                continue
            }
            pairs.append((entry["key"].string, isUnknown["value"].bool == true ? nil : entry["value"].string ?? ""))
        }
        // entries that are unknown as a whole need not stand in `after`
        if unknown.array.count > entries.count { hasUnknown = hasUnknown || unknown.array.dropFirst(entries.count).contains { $0.bool == true } }
    }

    func merged(with other: PairList) -> PairList {
        var merged = self
        merged.pairs += other.pairs
        merged.hasUnknown = hasUnknown || other.hasUnknown
        merged.isSecret = isSecret || other.isSecret
        return merged
    }

    func lookup(_ rule: TagRule) -> TagMap.Lookup {
        let found = pairs.filter { $0.key == rule.key }
        if let wrong = found.first(where: { $0.value != nil && $0.value != rule.value && $0.value != "" }) {
            return .has(isSecret ? nil : wrong.value)
        }
        if found.contains(where: { $0.value == nil }) { return .unknown }
        if found.contains(where: { $0.value == rule.value }) { return .has(rule.value) }
        return hasUnknown ? .unknown : .hasNot
    }
}
