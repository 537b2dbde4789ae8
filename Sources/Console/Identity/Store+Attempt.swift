import Store

extension Store {
    /// Writes, unless somebody else has changed an item meanwhile.
    ///
    /// - Returns: false when a condition did not hold.
    func attempt(_ writes: [StoreWrite]) async throws(StoreError) -> Bool {
        do throws(StoreError) {
            try await write(writes)
            return true
        } catch {
            guard case .conditionFailed = error else { throw error }
            return false
        }
    }
}
