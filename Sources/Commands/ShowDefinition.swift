import ArgumentParser
import Definitions
import Foundation
import ServiceModel

/// `jubako show-definition`: what a definition says once its includes are in place.
struct ShowDefinition: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a definition as JSON, with includes resolved.",
        discussion: "Nothing is checked. Without --expand no secret is read: env keeps its #{name}, Jsonnet's provide.* gives ${NAME}.")

    @Argument(help: "The definition.")
    var file: String

    @Flag(help: "Fill in the values of the env providers.")
    var expand = false

    func run() async throws {
        do throws(DefinitionProblems) {
            let document = try await DefinitionLoader(environment: ProcessInfo.processInfo.environment)
                .document(file, mode: expand ? .expand : .placeholders)
            print(document.prettyText)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode.failure
        }
    }
}
