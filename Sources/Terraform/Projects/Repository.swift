import Subprocess
import SystemPackage

/// A Git repository, asked by its own program: lists of changed files from hosting services stop at a few hundred.
public struct Repository: Sendable {
    /// The folder whose `.git` it is.
    public let root: String

    /// The repository around `folder`.
    public static func around(_ folder: String) async throws(TerraformError) -> Repository {
        let found = Repository(root: folder)
        let root = try await found.git(["rev-parse", "--show-toplevel"]) {
            "\(folder.isEmpty ? "this directory" : folder) is in no Git repository, so nobody can say what changed (\($0))"
        }
        return Repository(root: String(decoding: root, as: UTF8.self).trimmingEnd())
    }

    /// The commit that this branch and `reference` have in common.
    public func base(_ reference: String) async throws(TerraformError) -> String {
        guard !reference.hasPrefix("-") else { throw TerraformError("\(reference) is no name of a commit") }
        let base = try await git(["merge-base", reference, "HEAD"]) { reason in
            "\(reference) and HEAD have no commit in common that is known here (\(reason)): "
                + "fetch it first; with actions/checkout, set fetch-depth: 0"
        }
        return String(decoding: base, as: UTF8.self).trimmingEnd()
    }

    /// What changed since `base`, in the commits and in the working tree. A renamed file is one that went and one that came.
    public func changes(since base: String) async throws(TerraformError) -> [FileChange] {
        let diff = try await git(["diff", "--name-status", "--no-renames", "-z", base, "--"]) { "git could not compare with \(base) (\($0))" }
        let fields = diff.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        var changes = stride(from: 0, to: fields.count - 1, by: 2).map { FileChange(path: fields[$0 + 1], isDeleted: fields[$0] == "D") }
        let new = try await git(["ls-files", "--others", "--exclude-standard", "-z"]) { "git could not list new files (\($0))" }
        changes += new.split(separator: 0).map { FileChange(path: String(decoding: $0, as: UTF8.self), isDeleted: false) }
        return changes
    }

    /// The commit that is checked out.
    func head() async throws(TerraformError) -> String {
        String(decoding: try await git(["rev-parse", "HEAD"]) { "git has no commit (\($0))" }, as: UTF8.self).trimmingEnd()
    }

    /// The commit that a name stands for; nil if it stands for none here.
    func commit(_ reference: String) async -> String? {
        guard !reference.hasPrefix("-") else { return nil }
        let found = try? await git(["rev-parse", "--verify", "--quiet", "\(reference)^{commit}"]) { $0 }
        return found.map { String(decoding: $0, as: UTF8.self).trimmingEnd() }
    }

    /// The e-mail addresses of who wrote the commits since `base`; of who wrote the last one where there is no base.
    func authors(since base: String?) async -> [String] {
        let range = base.map { ["\($0)..HEAD"] } ?? ["-1"]
        let found = try? await git(["log", "--no-merges", "--format=%ae"] + range) { $0 }
        let lines = String(decoding: found ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
        return Array(Set(lines)).sorted()
    }

    /// What a commit has at some places: modes, names, and digests of contents.
    func listing(of places: [String], at commit: String) async throws(TerraformError) -> [UInt8] {
        try await git(["ls-tree", "-r", "-z", commit, "--"] + places.map { $0.isEmpty ? "." : $0 }) { "git could not read \(commit) (\($0))" }
    }

    /// Lays all files of a commit into a folder, and leaves the repository and its index alone.
    func checkOut(_ commit: String, into folder: String) async throws(TerraformError) {
        try PlanBundle.makeFolder(folder)
        _ = try await git(
            ["--work-tree=\(folder)", "checkout", "--force", commit, "--", "."], index: "\(folder)/.index"
        ) { "git could not lay out \(commit) (\($0))" }
    }

    /// A file as it was at a commit.
    func contents(of path: String, at commit: String) async throws(TerraformError) -> [UInt8] {
        try await git(["cat-file", "blob", "\(commit):\(path)"]) { "git could not read \(path) of \(commit) (\($0))" }
    }

    /// - Parameter index: a file of its own for what git notes of a work tree.
    private func git(_ arguments: [String], index: String? = nil, failed: (String) -> String) async throws(TerraformError) -> [UInt8] {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        do {
            let folder: FilePath? = root.isEmpty ? nil : FilePath(root)
            let result = try await Subprocess.run(
                .name("git"), arguments: Arguments(["-c", "core.quotepath=off"] + arguments),
                environment: .inherit.updating(
                    ["GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"].merging(index.map { ["GIT_INDEX_FILE": $0] } ?? [:]) { $1 }), workingDirectory: folder,
                platformOptions: options,
                input: .none, output: .bytes(limit: 256 << 20), error: .string(limit: 1 << 16))
            guard case .exited(0) = result.terminationStatus else {
                let lines = (result.standardError).split(separator: "\n")
                throw TerraformError(failed(lines.first.map { String($0.prefix(200)) } ?? "\(result.terminationStatus)"))
            }
            return result.standardOutput
        } catch let error as TerraformError {
            throw error
        } catch {
            throw TerraformError("git could not be run (\(error)): install it, and put it on PATH")
        }
    }
}

/// A file that differs between two states of a repository.
public struct FileChange: Sendable, Hashable {
    /// Relative to the repository's root.
    public let path: String
    public let isDeleted: Bool

    public init(path: String, isDeleted: Bool) {
        self.path = path
        self.isDeleted = isDeleted
    }
}

extension String {
    fileprivate func trimmingEnd() -> String { String(self.reversed().drop { $0.isWhitespace }.reversed()) }
}
