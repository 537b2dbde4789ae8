import ServiceModel

/// One page of a listing: ECS's `maxResults` and `nextToken`.
struct ListingPage {
    let items: [String]
    let nextToken: String?

    /// Cuts the page that the request asks for out of all items, which must be in a stable order.
    ///
    /// - Throws: InvalidParameterException for a `maxResults` out of bounds or a token that no answer gave.
    init(of items: [String], _ input: JSON, standard: Int = 100, limit: Int = 100) throws(EngineError) {
        let size = input["maxResults"].int ?? standard
        guard (1...limit).contains(size) else { throw .invalidParameter("maxResults must be between 1 and \(limit), not \(size).") }
        var start = 0
        if let token = input["nextToken"].string {
            guard let offset = Int(token, radix: 36), (0...items.count).contains(offset) else { throw .invalidParameter("Invalid token.") }
            start = offset
        }
        let end = min(start + size, items.count)
        self.items = Array(items[start..<end])
        nextToken = end < items.count ? String(end, radix: 36) : nil
    }

    func answer(_ member: String) -> JSON { .compact([member: JSON(items)]).adding("nextToken", JSON(nextToken)) }
}

extension JSON {
    /// The object with one more member; a null member is left out.
    func adding(_ key: String, _ value: JSON) -> JSON {
        var copy = self
        copy[key] = value
        return copy
    }

    /// The object's members, overridden by another object's.
    func merging(_ other: JSON) -> JSON {
        var copy = self
        for (key, value) in other.object { copy[key] = value }
        return copy
    }
}
