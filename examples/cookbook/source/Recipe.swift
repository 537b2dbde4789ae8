import Hummingbird

/// One recipe.
struct Recipe: Codable, Sendable, Equatable {
    /// The title in small letters, words joined by hyphens.
    let id: String
    let title: String
    let ingredients: [String]
    let minutes: Int?
}

/// A recipe as a client sends it, not yet checked.
struct RecipeDraft: Decodable, Sendable {
    let title: String
    let ingredients: [String]
    let minutes: Int?

    /// The recipe that this draft describes.
    /// - Throws: `HTTPError` 422 that names the first field that is wrong.
    func recipe() throws -> Recipe {
        func check(_ condition: Bool, _ message: String) throws {
            guard condition else { throw HTTPError(.unprocessableContent, message: message) }
        }
        let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
        try check((1...100).contains(title.count) && !words.isEmpty, "title must have 1 to 100 characters, at least one of them a letter or digit")
        try check((1...50).contains(ingredients.count), "ingredients must list 1 to 50 of them")
        try check(ingredients.allSatisfy { (1...100).contains($0.count) }, "each ingredient must have 1 to 100 characters")
        if let minutes { try check((1...1_440).contains(minutes), "minutes must be from 1 to 1440") }
        return Recipe(id: words.joined(separator: "-"), title: title, ingredients: ingredients, minutes: minutes)
    }
}
