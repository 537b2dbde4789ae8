import ServiceModel

/// Looks again at tags that nobody could tell before the apply, in the state that came out of it.
struct TagRecheck: Sendable {
    let rule: TagRule

    /// Those of the resources that do not carry the tag.
    ///
    /// - Parameter state: as `state pull` prints it.
    func wrong(_ addresses: [String], state: JSON) -> [String] {
        let wanted = Set(addresses)
        var wrong: [String] = []
        for resource in state["resources"].array where resource["mode"].string == "managed" {
            guard let type = resource["type"].string, let name = resource["name"].string else { continue }
            let module = resource["module"].string.map { "\($0)." } ?? ""
            for instance in resource["instances"].array where instance["deposed"].isNull {
                let index = instance["index_key"].isNull ? "" : "[\(instance["index_key"].text)]"
                let address = "\(module)\(type).\(name)\(index)"
                guard wanted.contains(address), !Self.isTagged(instance["attributes"], rule) else { continue }
                wrong.append(address)
            }
        }
        return wrong
    }

    /// Whether values of attributes carry the tag, wherever their provider keeps tags.
    static func isTagged(_ attributes: JSON, _ rule: TagRule) -> Bool {
        for (place, lowered) in [
            ("tags_all", false), ("terraform_labels", true), ("effective_labels", true), ("tags", false), ("labels", true), ("user_labels", true),
        ] where !attributes[place].isNull {
            if case .array(let pairs) = attributes[place] {
                return pairs.contains { $0["key"].string == rule.key && $0["value"].string == rule.value }
            }
            return attributes[place][lowered ? rule.key.lowercased() : rule.key].string == (lowered ? rule.value.lowercased() : rule.value)
        }
        return attributes["tag"].array.contains { $0["key"].string == rule.key && $0["value"].string == rule.value }
    }
}
