public import Definitions
public import Foundation

extension Budget {
    /// The budget of objectives together. It has no events of its own: failures are counted in millionths of the time.
    ///
    /// OpenSLO and Nobl9: shares of serial dependencies multiply, weights give a mean.
    ///
    /// - Parameter parts: the components' budgets by name, all of the same period. One without events has no weight.
    public init(_ objective: Objective, of composite: Objective.Composite, parts: [String: Budget], now: Date) {
        let ratio = Self.ratio(composite) { parts[$0]?.errorRatio }
        let period = Period(of: objective, at: now)
        let total = ratio == nil ? 0 : 1_000_000_000
        let bad = Int(((ratio ?? 0) * Double(total)).rounded())
        self.init(
            objective, period: period, now: now, bad: bad, total: total, credited: 0, assumedBad: 0,
            slices: parts.values.reduce(into: [:]) { $0.merge($1.slices, uniquingKeysWith: +) },
            allowedEvents: Double(total) * objective.budget.fraction.double,
            allowedMinutes: Decimal(period.minutes) * Decimal(objective.budget.millionths) / Decimal(Percent.whole))
    }

    /// The share of failures of objectives together; nil while nothing happened to any.
    public static func ratio(_ composite: Objective.Composite, of component: (String) -> Double?) -> Double? {
        switch composite {
        case .product(let names):
            let ratios = names.compactMap(component)
            return ratios.isEmpty ? nil : 1 - ratios.reduce(1) { $0 * (1 - $1) }
        case .weights(let weights):
            let known = weights.sorted { $0.key < $1.key }.compactMap { name, weight in component(name).map { (Double(weight), $0) } }
            let sum = known.reduce(0) { $0 + $1.0 }
            return sum > 0 ? known.reduce(0) { $0 + $1.0 * $1.1 } / sum : nil
        }
    }
}
