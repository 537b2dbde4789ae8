/// How long the engine waits for things: quick on a developer's machine, or as long as AWS does.
public struct Timing: Sendable, Hashable {
    public let name: String
    /// Seconds that a task without any health check must run before it counts as healthy.
    public let steadyAfter: Double
    /// Seconds that a task must run before it counts as healthy, even if its checks pass: an app that ends right after it answered is no replacement.
    public let leastUptime: Double
    /// The most seconds that a deregistered target may drain; a drain ends earlier when no request is in flight.
    public let drainLimit: Double
    /// Whether a drain ends as soon as no request is in flight.
    public let drainEndsWhenIdle: Bool
    /// Seconds between the checks of a new target until the first one passes; nil: the target group's interval.
    public let healthCheckFirstInterval: Double?
    /// Seconds after which a wrong answer of a new target counts as a failed check, if its target group's interval is longer.
    public let wrongAnswerInterval: Double
    /// The most seconds that a service waits before it starts another task after repeated failures.
    public let throttleLimit: Double
    /// Seconds that a stopped task can still be described and its logs read.
    public let stoppedTaskRetention: Double

    /// Quick: a task is steady after 1 s, drains are short.
    public static let local = Timing(
        name: "local", steadyAfter: 1, leastUptime: 0.5, drainLimit: 5, drainEndsWhenIdle: true, healthCheckFirstInterval: 0.1,
        wrongAnswerInterval: 5,
        throttleLimit: 60,
        stoppedTaskRetention: 3600)
    /// The defaults of Amazon ECS and Elastic Load Balancing.
    public static let aws = Timing(
        name: "aws", steadyAfter: 40, leastUptime: 0, drainLimit: 3600, drainEndsWhenIdle: false, healthCheckFirstInterval: nil,
        wrongAnswerInterval: .infinity, throttleLimit: 1620,
        stoppedTaskRetention: 3600)

    public static let profiles = [local, aws]
}
