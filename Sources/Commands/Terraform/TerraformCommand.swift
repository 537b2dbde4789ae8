import ArgumentParser

/// `jubako terraform`.
struct TerraformCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terraform", abstract: "Find the projects that a change touches; check, summarise and guard their plans.",
        discussion: "One directory per project, and every resource carries the tag Project with its name. docs/terraform.md shows the whole way.",
        subcommands: [
            TerraformProjects.self, TerraformPlan.self, TerraformPlans.self, TerraformShow.self, TerraformApprove.self, TerraformReject.self,
            TerraformWithdraw.self, TerraformApply.self, TerraformDrift.self, TerraformCheck.self, TerraformSummary.self, TerraformPolicy.self,
        ])

    /// The exit code when the plan, not the run, is at fault.
    static let violations = ExitCode(5)
    /// The exit code when an apply ended before its end.
    static let halfDone = ExitCode(3)
    /// The exit code when nothing was applied, because something is not as it was.
    static let refused = ExitCode(6)
}
