public import Alerting
public import Definitions

/// The owners of apps as the definitions and `jubako.yml` say it now.
public struct CatalogOwners: OwnerDirectory {
    private let catalog: LiveCatalog

    public init(catalog: LiveCatalog) { self.catalog = catalog }

    public func owner(of app: String) async -> AppOwner? {
        let catalog = await catalog.catalog
        guard let found = catalog.apps[app] else { return nil }
        let team = found.team.flatMap { catalog.organization.teams[$0] }
        return AppOwner(team: found.team, definitionChannel: found.monitoring?.channel, teamChannel: team?.channel)
    }

    public var sreChannel: String? {
        get async { await catalog.catalog.organization.sreChannel }
    }
}
