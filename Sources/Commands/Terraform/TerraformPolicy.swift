import ArgumentParser
import Foundation
import ServiceModel
import Terraform

/// `jubako terraform iam-policy`.
struct TerraformPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iam-policy", abstract: "Print the AWS policy of a project's role: rights by the project's tag.",
        discussion: """
            What is tagged with the project may be used, what carries the tag from its first moment may be made, and nobody can move the tag. Actions \
            that no condition on tags can scope are not in it; they are listed on stderr. What services document is not always what they do: try the \
            policy before you rely on it.
            """)

    @OptionGroup var project: ProjectOptions

    @Option(help: "The prefix of a service's actions, such as sqs; may be repeated.")
    var service: [String] = []

    @Option(help: "A plan of the project (terraform show -json): takes the services of its resources.")
    var plan: String?

    @Flag(help: "Print a list of policies that each fit into the 6,144 characters of a managed policy.")
    var split = false

    @Flag(help: "Print the policy with what it leaves out, as JSON.")
    var json = false

    func run() async throws {
        try await Invocation.run("terraform iam-policy") { _ in
            var services = service
            if let plan {
                let found = try ProjectPolicy.services(of: try PlanFile(path: plan))
                services += found.services
                for type in found.others {
                    Terminal.error("! \(type) belongs to no service of the table, or to one that is left out on purpose: its rights are not in here")
                }
            }
            let policy = try ProjectPolicy(rule: try project.rule(), services: services)
            if json { return Terminal.output(policy.json.prettyText) }
            Terminal.output(split ? JSON.array(policy.parts).prettyText : policy.document.prettyText)
            for ignored in policy.ignored {
                Terminal.error("not in it: \(ignored.service): \(ignored.actions.joined(separator: ", ")): \(ignored.reason)")
            }
            if policy.size > ProjectPolicy.maximumSize, !split {
                Terminal.error(
                    "! it has \(policy.size) characters, a managed policy at most \(ProjectPolicy.maximumSize): print it in \(policy.parts.count) parts with --split"
                )
            }
        }
    }
}
