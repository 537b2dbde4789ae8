public import ServiceModel

/// An app whose infrastructure is a project, and what it promises: who is hurt when the project breaks.
public struct PlanPromise: Sendable, Hashable {
    public let app: String
    public let team: String?
    /// As in `availability 99.95 %`.
    public let objectives: [String]

    public init(app: String, team: String?, objectives: [String]) {
        self.app = app
        self.team = team
        self.objectives = objectives
    }

    /// One line.
    public var text: String {
        app + (team.map { " of \($0)" } ?? "") + (objectives.isEmpty ? ", which promises nothing" : ": \(objectives.joined(separator: ", "))")
    }

    public var json: JSON { .compact(["app": .string(app), "team": JSON(team), "objectives": JSON(objectives)]) }
}
