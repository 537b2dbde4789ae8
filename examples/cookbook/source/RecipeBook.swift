import Hummingbird

/// The recipes of one replica, in memory: a restart begins with the first two again.
actor RecipeBook {
    static let capacity = 1_000

    private var recipes: [String: Recipe]
    private var order: [String]

    init(_ first: [Recipe] = RecipeBook.classics) {
        recipes = Dictionary(first.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        order = first.map(\.id)
    }

    var all: [Recipe] { order.compactMap { recipes[$0] } }

    func recipe(_ id: String) -> Recipe? { recipes[id] }

    /// Adds a recipe.
    /// - Throws: `HTTPError` 409 when the book has this recipe already or is full.
    func add(_ recipe: Recipe) throws {
        guard recipes[recipe.id] == nil else {
            throw HTTPError(.conflict, message: "there is a recipe '\(recipe.id)' already: choose another title")
        }
        guard order.count < Self.capacity else {
            throw HTTPError(.conflict, message: "the book is full: it holds \(Self.capacity) recipes")
        }
        recipes[recipe.id] = recipe
        order.append(recipe.id)
    }

    private static let classics = [
        Recipe(id: "miso-soup", title: "Miso soup", ingredients: ["dashi", "miso", "tofu", "spring onion"], minutes: 15),
        Recipe(id: "onigiri", title: "Onigiri", ingredients: ["rice", "nori", "umeboshi", "salt"], minutes: 20),
    ]
}
