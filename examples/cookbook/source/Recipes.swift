import ArgumentParser

/// The sample app of the cookbook: a small HTTP API, its sidecar and its health check in one program, so that one
/// image holds all three.
@main
struct Recipes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipes",
        abstract: "A small HTTP API that keeps recipes.",
        subcommands: [Serve.self, Report.self, HealthCheck.self],
        defaultSubcommand: Serve.self
    )
}
