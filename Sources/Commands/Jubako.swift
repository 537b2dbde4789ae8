public import ArgumentParser

/// The command line.
public struct Jubako: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "jubako", version: "0.1.0",
        subcommands: [
            UpCommand.self,
            PlanCommand.self, DeployCommand.self, StatusCommand.self, LogsCommand.self, WhyCommand.self, RollbackCommand.self, OneshotCommand.self,
            StopCommand.self, RemoveCommand.self,
            Validate.self, ShowDefinition.self, Schema.self,
            RulesCommand.self, ChannelCommand.self, ThresholdsCommand.self, AlertsCommand.self, SilenceCommand.self,
            ReleasesCommand.self, DrillCommand.self,
            LoginCommand.self, LogoutCommand.self, TokenCommand.self, AuditCommand.self,
            RunEngine.self, ServerCommand.self,
            SLOCommand.self, TerraformCommand.self, GateCommand.self,
        ])
    public init() {}
}
