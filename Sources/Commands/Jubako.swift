public import ArgumentParser

/// The command line.
public struct Jubako: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "jubako", version: "0.1.0", subcommands: [Validate.self, ShowDefinition.self, Schema.self])
    public init() {}
}
