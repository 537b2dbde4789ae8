import Store

/// What follows from a finished call, to be carried out by whoever made it.
struct DispatchOutcome: Sendable {
    var writes: [StoreWrite] = []
    /// Incidents that need a route again.
    var unplaced: [String] = []
    /// Tests that have come to their end.
    var proofs: [ProofOutcome] = []
    var trouble: TroubleChange?
    /// Counted by ``AlertingMetrics``.
    var results: [AlertingMetrics.Result] = []
    /// Alerts that were given up.
    var givenUp: [String] = []

    struct ProofOutcome: Sendable {
        let token: String
        let result: Result<SlackAddress?, SlackError>
    }

    enum TroubleChange: Sendable {
        case note(SlackError, channel: String, apps: [String])
        case clear(channel: String)
    }
}
