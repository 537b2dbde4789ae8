/// How much a plan may destroy before somebody has to say so.
public struct ApplyLimits: Sendable, Hashable {
    /// How many resources may be destroyed.
    public var destroy: Int
    /// How many may be replaced.
    public var replace: Int

    public init(destroy: Int = 10, replace: Int = 10) {
        self.destroy = destroy
        self.replace = replace
    }

    /// What somebody said on the command line or in a form.
    public struct Words: Sendable, Hashable {
        /// How many destroyed and replaced resources were named, together.
        public var allowed: Int?
        /// Addresses, or the project's name for all of them.
        public var confirmed: Set<String>

        public init(allowed: Int? = nil, confirmed: Set<String> = []) {
            self.allowed = allowed
            self.confirmed = confirmed
        }
    }

    /// What still has to be said.
    public func refusals(_ summary: PlanSummary, project: String, words: Words) -> [ApplyRefusal] {
        var refusals: [ApplyRefusal] = []
        let (destroyed, replaced) = (summary.totals[.destroy] ?? 0, summary.totals[.replace] ?? 0)
        let total = destroyed + replaced
        if destroyed > destroy || replaced > replace, words.allowed != total {
            let said = words.allowed.map { ", and not \($0)" } ?? ""
            refusals.append(
                ApplyRefusal(
                    .overTheLimit,
                    "the plan destroys \(destroyed) and replaces \(replaced), where terraform.limits allows \(destroy) and \(replace)",
                    next: "if that is meant, say how many: --allow-destroy \(total)\(said)"))
        }
        let losing = summary.entries.filter(\.holdsData).map(\.address)
        let open = words.confirmed.contains(project) ? [] : losing.filter { !words.confirmed.contains($0) }
        if !open.isEmpty {
            let names = open.prefix(5).joined(separator: ", ") + (open.count > 5 ? " and \(open.count - 5) more" : "")
            refusals.append(
                ApplyRefusal(
                    .notConfirmed, "data is lost with \(names)",
                    next: "if that is meant, say the project's name: --confirm \(project), or each address"))
        }
        return refusals
    }
}
