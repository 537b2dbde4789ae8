import ArgumentParser
import ServiceModel
import Terraform

/// `jubako terraform projects`.
struct TerraformProjects: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "projects", abstract: "List the projects, or those that a change touches.",
        discussion: """
            A project is a directory below terraform.root of jubako.yml (terraform/) with a backend, or with configuration that nobody calls as a \
            module. A change touches it through its files, local modules, files that functions read, symbolic links, and states that it reads.
            """)

    @Option(help: "A branch or commit: only what changed since this branch left it, in commits or in the working tree.")
    var changedSince: String?

    @Flag(help: "Say why each project was chosen.")
    var why = false

    @Option(help: "The folder of all projects. Default: terraform.root of jubako.yml.")
    var root: String?

    @Flag(help: "Print the result as JSON, for a matrix of jobs.")
    var json = false

    func run() async throws {
        try await Invocation.run("terraform projects") { _ in
            let settings = try TerraformSettings.nearest()
            let selection = try await ProjectFolder(root ?? settings.root).select(changedSince: changedSince, abandoned: settings.abandoned)
            show(selection)
        }
    }

    private func show(_ selection: ProjectSelection) {
        if json { return Terminal.output(JSON.object(["projects": .array(selection.projects.map(\.json))]).prettyText) }
        for project in selection.projects {
            Terminal.output(project.action == .plan ? project.name : "\(project.name)\t\(project.action.rawValue)")
            if why { for reason in project.reasons { Terminal.output("    \(reason.text)") } }
        }
        if changedSince != nil {
            Terminal.error("\(selection.projects.count) of \(selection.total) projects, for \(selection.changedFiles) changed files")
        }
    }
}
