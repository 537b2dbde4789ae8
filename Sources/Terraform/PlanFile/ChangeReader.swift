import ServiceModel

/// Reads the member `change` of a resource.
struct ChangeReader {
    var scanner: JSONScanner
    let readsChanges: Bool

    mutating func read(into change: inout PlannedChange) throws(TerraformError) {
        var places: [String: Range<Int>] = [:]
        try scanner.members { scanner, key throws(TerraformError) in
            guard places[key] == nil else { throw scanner.error("\(key) appears twice in \(change.address)") }
            places[key] = try scanner.skip()
        }
        guard let actions = places["actions"] else { throw scanner.error("\(change.address) has no actions") }
        let words = try scanner.value(at: actions)
        guard !words.strings.isEmpty, words.strings.count == words.array.count else {
            throw scanner.error("the actions of \(change.address) are no list of words")
        }
        change.action = PlannedChange.action(of: words.strings)
        if let importing = places["importing"] { change.isImport = scanner.bytes[importing.lowerBound] != UInt8(ascii: "n") }
        guard change.isManaged, change.action != .read else { return }
        if let range = places["after"], isObject(range) {
            var count = 0
            change.after = try tags(range, count: &count)
            change.attributeCount = count
        }
        if let range = places["after_unknown"] {
            var count = 0
            if isObject(range) { change.afterUnknown = try tags(range, count: &count) }
            change.isUnknownAsAWhole = scanner.bytes[range.lowerBound] == UInt8(ascii: "t")
            change.attributeCount = change.attributeCount.map { $0 + count } ?? (count > 0 ? count : nil)
        }
        if let range = places["after_sensitive"] {
            if isObject(range) {
                var count = 0
                change.afterSensitive = .object(try tags(range, count: &count))
            } else {
                change.afterSensitive = try scanner.value(at: range)
            }
        }
        guard readsChanges, change.action == .update || change.action == .replace else { return }
        change.changedAttributes = try changed(places["before"], places["after"], places["after_unknown"])
        if let range = places["replace_paths"] {
            let names = try scanner.value(at: range).array.compactMap { $0[0].string }
            change.replacingAttributes = Set(names).sorted()
        }
    }

    private func isObject(_ range: Range<Int>) -> Bool { scanner.bytes[range.lowerBound] == UInt8(ascii: "{") }

    private func tags(_ range: Range<Int>, count: inout Int) throws(TerraformError) -> JSONObject {
        var found = JSONObject()
        var total = 0
        var members = JSONScanner(scanner.bytes, range: range)
        try members.members { scanner, key throws(TerraformError) in
            total += 1
            if PlanReader.tagAttributes.contains(key) {
                guard found[key] == nil else { throw scanner.error("\(key) appears twice in one resource") }
                found[key] = try scanner.value()
            } else {
                try scanner.skip()
            }
        }
        count = total
        return found
    }

    /// The attributes whose text differs, or that are known only after the apply.
    private func changed(_ before: Range<Int>?, _ after: Range<Int>?, _ unknown: Range<Int>?) throws(TerraformError) -> [String] {
        func places(_ range: Range<Int>?) throws(TerraformError) -> [String: Range<Int>] {
            guard let range, isObject(range) else { return [:] }
            var places: [String: Range<Int>] = [:]
            var members = JSONScanner(scanner.bytes, range: range)
            try members.members { scanner, key throws(TerraformError) in places[key] = try scanner.skip() }
            return places
        }
        let old = try places(before)
        let new = try places(after)
        let bytes = scanner.bytes
        var names = Set(
            Set(old.keys).union(new.keys).filter { key in
                switch (old[key], new[key]) {
                case (let left?, let right?): !bytes[left].elementsEqual(bytes[right])
                case (let only?, nil), (nil, let only?): bytes[only.lowerBound] != UInt8(ascii: "n")
                case (nil, nil): false
                }
            })
        for (key, range) in try places(unknown) where try hasUnknown(range) { names.insert(key) }
        return names.sorted()
    }

    private func hasUnknown(_ range: Range<Int>) throws(TerraformError) -> Bool {
        func holdsTrue(_ value: JSON) -> Bool {
            value.bool == true || value.array.contains(where: holdsTrue) || value.object.values.contains(where: holdsTrue)
        }
        return holdsTrue(try scanner.value(at: range))
    }
}
