import ServiceModel

/// How many tasks a service may and must have while it changes, and when its deployment counts as failed.
struct DeploymentBounds: Equatable {
    /// The most tasks that may exist: `floor(desired * maximumPercent / 100)`.
    let maximum: Int
    /// The fewest healthy tasks: `ceil(desired * minimumHealthyPercent / 100)`.
    let minimum: Int

    init(desired: Int, configuration: JSON, isDaemon: Bool) {
        let maximumPercent = configuration["maximumPercent"].int ?? (isDaemon ? 100 : 200)
        let minimumPercent = configuration["minimumHealthyPercent"].int ?? (isDaemon ? 0 : 100)
        maximum = desired * maximumPercent / 100
        minimum = (desired * minimumPercent + 99) / 100
    }
}

/// The circuit breaker of a service: `deploymentConfiguration.deploymentCircuitBreaker`.
struct CircuitBreaker: Equatable {
    let isEnabled: Bool
    let rollsBack: Bool
    /// Consecutive failed tasks that end a deployment.
    let threshold: Int

    init(desired: Int, configuration: JSON) {
        let breaker = configuration["deploymentCircuitBreaker"]
        isEnabled = breaker["enable"].bool ?? false
        rollsBack = breaker["rollback"].bool ?? false
        let value = breaker["thresholdConfiguration"]["value"].int
        switch breaker["thresholdConfiguration"]["type"].string {
        case "COUNT": threshold = max(1, value ?? 3)
        case "UNBOUNDED_PERCENT": threshold = max(1, (desired * (value ?? 50) + 99) / 100)
        default: threshold = min(200, max(3, (desired * (value ?? 50) + 99) / 100))
        }
    }
}
