import ArgumentParser
import Definitions
import ServiceModel

/// `jubako schema`: the JSON Schema of definitions.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the JSON Schema of definitions, for editors.")

    func run() {
        print(DefinitionSchema.schema.prettyText)
    }
}
