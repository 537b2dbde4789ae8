import Foundation
import HTTPTypes
import Hummingbird

/// List, create and read recipes.
struct RecipeRoutes: Sendable {
    let book: RecipeBook
    let version: String

    struct Page: ResponseEncodable {
        let version: String
        let recipes: [Recipe]
    }

    struct Entry: ResponseEncodable {
        let version: String
        let recipe: Recipe
    }

    func add(to group: some RouterMethods<APIContext>) {
        group.get(use: list).post(use: create).get("{id}", use: show)
    }

    @Sendable private func list(_ request: Request, _ context: APIContext) async -> Page {
        Page(version: version, recipes: await book.all)
    }

    @Sendable private func create(_ request: Request, _ context: APIContext) async throws -> EditedResponse<Entry> {
        let recipe = try await request.decode(as: RecipeDraft.self, context: context).recipe()
        try await book.add(recipe)
        return EditedResponse(
            status: .created, headers: [.location: "/recipes/\(recipe.id)"], response: Entry(version: version, recipe: recipe))
    }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Entry {
        let id = try context.parameters.require("id")
        guard let recipe = await book.recipe(id.removingPercentEncoding ?? id) else {
            throw HTTPError(.notFound, message: "no recipe '\(id)': GET /recipes lists them")
        }
        return Entry(version: version, recipe: recipe)
    }
}
