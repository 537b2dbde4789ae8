extension DeployResult {
    /// The result with the reason why it failed, as far as the service can still tell; unchanged when it did not fail.
    public func explained(by calls: any ServiceCalls) async -> DeployResult {
        if verdict != nil { return self }
        switch outcome {
        case .failed, .rolledBack: break
        default: return self
        }
        guard var facts = try? await FactReader(calls).read(app: app, cluster: cluster, deployment: deployment) else { return self }
        facts.isAfterFailure = true
        var result = self
        result.verdict = Autopsy.verdict(facts)
        return result
    }
}
