import Crypto
import Foundation
public import ServiceModel

/// What one plan of one project left behind, in a folder of its own: the plan file, its JSON, the lock file, and the facts that tell
/// whether the plan is still the one that was looked at.
public struct PlanBundle: Sendable {
    /// The names of its files.
    public enum File: String, Sendable, CaseIterable {
        case plan = "plan.tfplan"
        case json = "plan.json"
        case lock = "terraform.lock.hcl"
        case facts = "bundle.json"
    }

    public let facts: JSON
    /// Over all the files and facts: what an approval is bound to.
    public let digest: String

    /// Writes the facts beside the files that are there already. It blocks.
    init(project: String, commit: String?, tree: String, terraformVersion: String, state: JSON, folder: String) throws(TerraformError) {
        var files = JSONObject()
        for file in [File.plan, .json, .lock] {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(file.rawValue)") else { continue }
            files[file.rawValue] = .string(Self.digest(data))
        }
        let facts = JSON.compact([
            "project": .string(project), "commit": JSON(commit), "input": .string(tree), "terraform_version": .string(terraformVersion),
            "state": state,
            "files": .object(files),
        ])
        digest = Self.digest(Data(facts.bytes))
        var written = facts
        written["digest"] = .string(digest)
        self.facts = written
        do {
            try Data(written.prettyText.utf8).write(to: URL(filePath: "\(folder)/\(File.facts.rawValue)"))
        } catch {
            throw TerraformError("\(folder) cannot be written: \(error.localizedDescription)")
        }
    }

    static func digest(_ data: Data) -> String { SHA256.hash(data: data).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
