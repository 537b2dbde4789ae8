public import Definitions
public import PrometheusText

/// What the generic rules need to know of the apps, as metrics: one rule serves all apps, and a change needs no reload of rules.
public struct CatalogMetrics: Sendable {
    /// Changes to what the definitions say, such as the console's.
    public struct Overrides: Sendable, Hashable {
        /// By app and threshold.
        public var thresholds: [String: [String: Double]] = [:]

        public init() {}
    }

    public let catalog: Catalog
    public let overrides: Overrides
    /// The names of the generic rules, for apps that switch all of them off.
    public let rules: [String]

    public init(_ catalog: Catalog, overrides: Overrides = Overrides(), rules: [String]) {
        self.catalog = catalog
        self.overrides = overrides
        self.rules = rules
    }

    /// - `jubako_app_info{app,team}`: every app.
    /// - `jubako_threshold{app,team,name}`: every threshold of every app.
    /// - `jubako_rule_disabled{app,team,rule}`: 1 for each generic rule that an app switches off. Without these metrics all rules hold.
    /// - `jubako_catalog_problems`: what is wrong with definitions and `jubako.yml` now.
    public func write(to exposition: inout Exposition) {
        let apps = catalog.apps.values.sorted { $0.name < $1.name }
        exposition.family("jubako_app_info", .gauge, "The apps that have a definition; always 1.")
        for app in apps { exposition.sample("jubako_app_info", ["app": app.name, "team": app.team ?? ""], 1) }
        exposition.family("jubako_threshold", .gauge, "What the generic rules compare with, by app.")
        let names = catalog.organization.thresholds.keys.sorted()
        for app in apps {
            for name in names {
                guard let value = overrides.thresholds[app.name]?[name] ?? catalog.threshold(name, of: app.name) else { continue }
                exposition.sample("jubako_threshold", ["app": app.name, "team": app.team ?? "", "name": name], value)
            }
        }
        exposition.family("jubako_rule_disabled", .gauge, "1 for a generic rule that an app switches off.")
        for app in apps {
            for rule in disabled(app) { exposition.sample("jubako_rule_disabled", ["app": app.name, "team": app.team ?? "", "rule": rule], 1) }
        }
        exposition.family("jubako_catalog_problems", .gauge, "What is wrong with definitions and jubako.yml; what they said before is in force.")
        exposition.sample("jubako_catalog_problems", [:], Double(catalog.problems.count))
    }

    private func disabled(_ app: Catalog.App) -> [String] {
        switch app.monitoring?.genericRules ?? .all {
        case .all: []
        case .none: rules.sorted()
        case .except(let names): Set(names).sorted()
        }
    }
}
