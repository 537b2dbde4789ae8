import ArgumentParser

/// `jubako rules`.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Check, test and try Prometheus rules.",
        subcommands: [RulesValidate.self, RulesTest.self, RulesSimulate.self, RulesBacktest.self, RulesConfig.self])

    /// The exit code when the rules, not the run, are at fault.
    static let problems = ExitCode(5)
}
