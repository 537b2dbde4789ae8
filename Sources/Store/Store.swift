/// What the platform remembers: items under a two-part key, with conditional and atomic writes.
///
/// The contract is what DynamoDB gives, so that a store of many replicas can take the place of the embedded one:
/// items are found by partition and ordered by the UTF-8 bytes of their sort key within it.
public protocol Store: Sendable {
    /// The item at `key`, or nil when there is none or it has expired.
    func get(_ key: StoreKey) async throws(StoreError) -> StoreItem?

    /// The items of a partition in the order of their sort keys, expired ones left out.
    ///
    /// - Parameters:
    ///   - limit: how many items at most; nil for all.
    ///   - reversed: largest sort key first.
    func query(partition: String, sort: StoreSortKeys, limit: Int?, reversed: Bool) async throws(StoreError) -> [StoreItem]

    /// Carries out all of `writes` in their order, or none of them. They are on disk when this returns.
    ///
    /// - Throws: ``StoreError/conditionFailed(_:)`` with the first key whose condition did not hold.
    func write(_ writes: [StoreWrite]) async throws(StoreError)
}

extension Store {
    /// All items of a partition, or those that `sort` selects, in order.
    public func query(partition: String, sort: StoreSortKeys = .all) async throws(StoreError) -> [StoreItem] {
        try await query(partition: partition, sort: sort, limit: nil, reversed: false)
    }
}

/// Which sort keys of a partition a query asks for.
public enum StoreSortKeys: Sendable, Hashable {
    case all
    /// Sort keys that start with this text.
    case prefix(String)
    /// Sort keys from `from` on and before `upTo`, compared by their UTF-8 bytes.
    case range(from: String, upTo: String)
}
