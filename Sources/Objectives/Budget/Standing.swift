public import Definitions
public import Foundation

/// How an objective stands: the one value that all readers' words are made of.
public struct Standing: Sendable, Hashable {
    public enum State: String, Sendable, Hashable {
        /// Nothing was counted.
        case unknown
        case healthy
        /// The budget would not outlast the period, or little of it is left.
        case atRisk = "at_risk"
        /// The budget is gone.
        case exhausted
    }

    public let app: String
    public let team: String?
    public let objective: Objective
    public let budget: Budget
    /// The fan of ``Burn/fan``, those that are known.
    public let burns: [Burn]
    public let statement: Statement
    /// Since when the definition is as it is, when it changed within the period.
    public let editedAt: Date?

    public init(
        app: String, team: String? = nil, objective: Objective, budget: Budget, burns: [Burn] = [], statement: Statement, editedAt: Date? = nil
    ) {
        self.app = app
        self.team = team
        self.objective = objective
        self.budget = budget
        self.burns = burns
        self.statement = statement
        self.editedAt = editedAt
    }

    /// With each burn of the fan.
    public var forecasts: [(burn: Burn, forecast: Forecast)] { burns.map { ($0, Forecast(budget, $0)) } }

    /// By the failures of the last day, else by what else is known.
    public var forecast: Forecast {
        let burn = burns.first { $0.hours == 24 } ?? burns.first
        if let burn { return Forecast(budget, burn) }
        guard let remaining = budget.remaining else { return .unknown }
        return remaining > 0 ? .unknown : .gone
    }

    public var state: State {
        guard let remaining = budget.remaining else { return .unknown }
        if remaining <= 0 { return .exhausted }
        if remaining < 0.25 { return .atRisk }
        if case .exhausted = forecast { return .atRisk }
        return .healthy
    }

    /// What the failures that count have cost; nil without a price.
    public var cost: Int? {
        objective.cost.map { Int((Double($0.amount) * budget.spentMinutes).rounded()) }
    }
}
