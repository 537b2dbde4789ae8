/// Readings that all who ask at the same time share: however many look at a page, its source is asked once in a while.
actor SharedReadings<Value: Sendable> {
    private var kept: [String: (until: ContinuousClock.Instant, reading: Task<Value, any Error>)] = [:]
    private let age: Duration
    private let limit: Int

    /// - Parameters:
    ///   - age: how old an answer may be.
    ///   - limit: how many are kept.
    init(age: Duration, limit: Int = 500) {
        self.age = age
        self.limit = limit
    }

    /// What `read` found, now or a moment ago. What failed is asked anew.
    func value(_ key: String, read: @escaping @Sendable () async throws -> Value) async throws -> Value {
        if let found = kept[key], found.until > .now { return try await found.reading.value }
        if kept.count >= limit { kept = kept.filter { $0.value.until > .now } }
        // It belongs to all who wait for it: one of them leaving does not end it.
        let reading = Task { try await read() }
        kept[key] = (.now + age, reading)
        do { return try await reading.value } catch {
            kept[key] = nil
            throw error
        }
    }
}
