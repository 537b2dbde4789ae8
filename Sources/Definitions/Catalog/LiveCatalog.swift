/// The catalog that is in force. Whoever asks gets a value.
public actor LiveCatalog {
    private let source: CatalogSource
    public private(set) var catalog: Catalog
    private var turns = 0

    private init(source: CatalogSource, catalog: Catalog) {
        self.source = source
        self.catalog = catalog
    }

    /// Reads everything once.
    public static func load(_ source: CatalogSource) async -> LiveCatalog {
        LiveCatalog(source: source, catalog: await source.load())
    }

    /// Reads what has changed, and puts it in force.
    @discardableResult
    public func reload() async -> Catalog {
        turns += 1
        let turn = turns
        let fresh = await source.load(after: catalog)
        if turn == turns { catalog = fresh }  // a reload that began later knows better
        return catalog
    }
}
