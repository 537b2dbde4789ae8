import ArgumentParser
import Definitions
import Deployments
import Foundation

/// An app by its definition, or by its name.
struct AppReference: ParsableArguments {
    @Argument(help: ArgumentHelp("The definition, or the app's name.", valueName: "file|app"))
    var app: String

    @Option(help: "The cluster of an app that is given by name.")
    var cluster: String?

    /// Whether a definition is meant, and not an app's name.
    static func isFile(_ app: String) -> Bool {
        app.contains("/") || [".yml", ".yaml", ".jsonnet", ".json"].contains { app.hasSuffix($0) }
    }

    /// The server shall tell: an app is given by its name, a server is known, and nothing says where its ECS is.
    func asksServer(_ server: ServerConnection, _ connection: ConnectionOptions) -> Bool {
        !Self.isFile(app) && cluster == nil && server.isConfigured && !connection.engine && connection.endpointURL == nil
    }

    /// What the definition says of the place where the app runs.
    func resolve() async throws -> (app: String, cluster: String, region: String?) {
        guard Self.isFile(app) else { return (app, cluster ?? "default", nil) }
        let definition = try await DefinitionOptions.load(app, tag: nil, .placeholders)
        return (definition.appID, cluster ?? definition.cluster, definition.region)
    }
}

/// Loading of a definition, the same for every verb.
enum DefinitionOptions {
    static func load(_ file: String, tag: String?, _ mode: DefinitionLoader.Mode) async throws -> Definition {
        try await DefinitionLoader(environment: ProcessInfo.processInfo.environment).load(file, options: .init(tag: tag, mode: mode))
    }

    /// What must not be shown of `definition`: all that its env providers brought in.
    static func redaction(_ definition: Definition, tag: String?) async -> Redaction {
        guard let unresolved = try? await load(definition.file, tag: tag, .placeholders) else { return Redaction() }
        return Redaction(placeholders: unresolved.taskDefinition, resolved: definition.taskDefinition)
    }
}
