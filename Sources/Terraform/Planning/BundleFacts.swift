public import ServiceModel

/// What has to be as it was for a plan to be applied: `bundle.json`.
public struct BundleFacts: Sendable {
    /// The branch that a pull request goes to, and where it was when the plan was made.
    public struct Base: Sendable, Hashable {
        /// As it was given to `--changed-since`.
        public let reference: String
        public let commit: String
    }

    /// A state, as its file names itself.
    public struct State: Sendable, Hashable {
        public let serial: Int
        public let lineage: String
    }

    /// The program that plans.
    public struct Tool: Sendable, Hashable {
        /// `terraform` or `tofu`.
        public let name: String
        public let version: String
    }

    public let project: String
    /// The project's folder, from the repository's root.
    public let path: String
    public let commit: String?
    public let base: Base?
    /// Who wrote the commits since the base, as Git says; who made the last one where there is no base.
    public let authors: [String]
    public let pullRequest: String?
    /// RFC 3339.
    public let createdAt: String
    public let tool: Tool
    /// By address: version and SHA-256 of the program's files.
    public let providers: [String: String]
    /// Nil for a project that has no state yet.
    public let state: State?
    /// Over the files that the plan is made of, see `docs/terraform.md`.
    public let input: String
    /// Equal for plans that do the same.
    public let meaning: String
    /// By address: digests of what was changed past Terraform when the plan was made.
    public let drift: [String: String]
    /// A plan that destroys everything of a project.
    public let isDestroy: Bool
    /// By name: SHA-256 of the bundle's files.
    public let files: [String: String]

    /// Over all the facts, and so over all files: what an approval is bound to.
    public var digest: String { SHA.text(JSON.compact(members).bytes) }

    public var json: JSON {
        var json = JSON.compact(members)
        json["digest"] = .string(digest)
        return json
    }

    private var members: KeyValuePairs<String, JSON> {
        func sorted(_ values: [String: String]) -> JSON {
            .object(values.sorted { $0.key < $1.key }.reduce(into: [:]) { $0[$1.key] = .string($1.value) })
        }
        return [
            "project": .string(project), "path": .string(path), "commit": JSON(commit),
            "base": base.map { .object(["ref": .string($0.reference), "commit": .string($0.commit)]) } ?? .null, "authors": JSON(authors),
            "pull_request": JSON(pullRequest), "created_at": .string(createdAt),
            "tool": .object(["name": .string(tool.name), "version": .string(tool.version)]), "providers": sorted(providers),
            "state": state.map { .object(["serial": .integer($0.serial), "lineage": .string($0.lineage)]) } ?? .null, "input": .string(input),
            "meaning": .string(meaning), "drift": sorted(drift), "destroy": .bool(isDestroy), "files": sorted(files),
        ]
    }
}

extension BundleFacts {
    /// - Throws: ``TerraformError`` where something is missing, or the facts are not those of their digest.
    public init(_ json: JSON) throws(TerraformError) {
        func text(_ value: JSON, _ name: String) throws(TerraformError) -> String {
            guard let text = value.string, !text.isEmpty else {
                throw TerraformError("the bundle does not say its \(name): plan again with this version")
            }
            return text
        }
        func texts(_ value: JSON) -> [String: String] { value.object.reduce(into: [:]) { $0[$1.key] = $1.value.string } }
        project = try text(json["project"], "project")
        path = json["path"].string ?? ""
        commit = json["commit"].string
        if let reference = json["base"]["ref"].string, let commit = json["base"]["commit"].string {
            base = Base(reference: reference, commit: commit)
        } else {
            base = nil
        }
        authors = json["authors"].strings
        pullRequest = json["pull_request"].string
        createdAt = try text(json["created_at"], "time")
        tool = Tool(name: try text(json["tool"]["name"], "tool"), version: try text(json["tool"]["version"], "tool's version"))
        providers = texts(json["providers"])
        if let serial = json["state"]["serial"].int, let lineage = json["state"]["lineage"].string {
            state = State(serial: serial, lineage: lineage)
        } else {
            state = nil
        }
        input = try text(json["input"], "input")
        meaning = try text(json["meaning"], "meaning")
        drift = texts(json["drift"])
        isDestroy = json["destroy"].bool == true
        files = texts(json["files"])
        guard json["digest"].string == digest else {
            throw TerraformError("the facts of the bundle of \(project) are not those of its digest, so somebody changed them: plan again")
        }
    }
}
