/// Where a run's plans come from, as Git knows it; the same for all of its projects.
public struct PlanOrigin: Sendable {
    /// Nil outside of a repository.
    let commit: String?
    let base: BundleFacts.Base?
    let authors: [String]
    /// The address of the pull request.
    let pullRequest: String?

    /// Nothing is known.
    init() { (commit, base, authors, pullRequest) = (nil, nil, [], nil) }

    /// Asks Git.
    ///
    /// - Parameters:
    ///   - root: the repository's.
    ///   - reference: what the change is compared with, a branch or commit.
    public init(root: String, base reference: String?, pullRequest: String?) async {
        let repository = Repository(root: root)
        commit = try? await repository.head()
        var base: BundleFacts.Base?
        if let reference, let commit = await repository.commit(reference) { base = .init(reference: reference, commit: commit) }
        self.base = base
        authors = commit == nil ? [] : await repository.authors(since: base?.commit)
        self.pullRequest = pullRequest
    }
}
