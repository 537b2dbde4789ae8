/// `gate` of `jubako.yml`: when a deploy is warned or refused for the sake of the objectives.
public struct GatePolicy: Sendable, Hashable {
    public enum Unreachable: String, Sendable, Hashable {
        case proceed, refuse
    }

    /// A deploy is warned when at most so much of a budget is left, in percent.
    public var amber: Double
    /// It is refused when at most so much is left, in percent.
    public var red: Double
    /// Labels of releases that pass although the budget is gone: they make the app more reliable.
    public var fixes: Set<String>
    /// What happens when the server cannot be asked.
    public var unreachable: Unreachable
    /// It is said, not done.
    public var isDryRun: Bool

    public init(
        amber: Double = 25, red: Double = 0, fixes: Set<String> = ["reliability"], unreachable: Unreachable = .proceed, isDryRun: Bool = false
    ) {
        self.amber = amber
        self.red = red
        self.fixes = fixes
        self.unreachable = unreachable
        self.isDryRun = isDryRun
    }

    /// What a team or an environment says differently.
    public struct Change: Sendable, Hashable {
        public var amber: Double?
        public var red: Double?
        public var fixes: Set<String>?
        public var unreachable: Unreachable?
        public var isDryRun: Bool?

        public init(
            amber: Double? = nil, red: Double? = nil, fixes: Set<String>? = nil, unreachable: Unreachable? = nil, isDryRun: Bool? = nil
        ) {
            self.amber = amber
            self.red = red
            self.fixes = fixes
            self.unreachable = unreachable
            self.isDryRun = isDryRun
        }
    }

    public func changed(by change: Change?) -> GatePolicy {
        guard let change else { return self }
        return GatePolicy(
            amber: change.amber ?? amber, red: change.red ?? red, fixes: change.fixes ?? fixes, unreachable: change.unreachable ?? unreachable,
            isDryRun: change.isDryRun ?? isDryRun)
    }
}

extension Organization {
    /// What holds for deploys of a team's app to an environment: the organization's, then the team's, then the environment's words.
    public func gate(environment: String?, team: String?) -> GatePolicy {
        gate.changed(by: team.flatMap { teams[$0]?.gate }).changed(by: environment.flatMap { environments[$0]?.gate })
    }
}
