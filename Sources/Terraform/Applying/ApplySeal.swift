/// What is found where a plan is to be applied.
struct Surroundings: Sendable {
    /// Of the files that are checked out, as ``BundleFacts/input``.
    var input: String
    /// False when the base branch has other files of this project than when the plan was made, and others than were planned.
    var isBaseAsPlanned: Bool
    var tool: BundleFacts.Tool
    var providers: [String: String]
    var state: BundleFacts.State?
}

/// Whether a plan is still the one that was looked at. Terraform itself looks at the state's serial and lineage and at the lock file only:
/// it applies a plan whose files were edited, whose branch moved, and under which the world has changed.
enum ApplySeal {
    /// All that differs; empty when the plan may be applied.
    static func refusals(_ facts: BundleFacts, _ found: Surroundings) -> [ApplyRefusal] {
        let again = "plan it again: jubako terraform plan \(facts.project)"
        var refusals: [ApplyRefusal] = []
        if found.input != facts.input {
            let commit = facts.commit.map { " (commit \($0.prefix(12)))" } ?? ""
            refusals.append(
                ApplyRefusal(
                    .configEdited, "the files of \(facts.project) here are not those that were planned\(commit)",
                    next: "check out what was planned\(facts.commit.map { ": git checkout \($0.prefix(12))" } ?? ""), or \(again)"))
        }
        if !found.isBaseAsPlanned, let base = facts.base {
            refusals.append(
                ApplyRefusal(
                    .baseMoved,
                    "\(base.reference) has other files of \(facts.project) than when the plan was made (it was at \(base.commit.prefix(12)))",
                    next: "rebase, and \(again)"))
        }
        if let state = facts.state, let now = found.state, state.lineage != now.lineage {
            refusals.append(
                ApplyRefusal(
                    .otherLineage, "the state of \(facts.project) is another one than was planned for (\(now.lineage), not \(state.lineage))",
                    next: "look at the backend's settings; if it is the right one, \(again)"))
        } else if facts.state != found.state {
            func serial(_ state: BundleFacts.State?) -> String { state.map { "serial \($0.serial)" } ?? "no state" }
            refusals.append(
                ApplyRefusal(
                    .stateMoved, "the state of \(facts.project) moved on since the plan: \(serial(facts.state)) then, \(serial(found.state)) now",
                    next: again))
        }
        if found.tool != facts.tool {
            refusals.append(
                ApplyRefusal(
                    .toolDiffers,
                    "the plan was made with \(facts.tool.name) \(facts.tool.version), and here is \(found.tool.name) \(found.tool.version)",
                    next: "use the same, or \(again)"))
        }
        for address in Set(facts.providers.keys).union(found.providers.keys).sorted() {
            let (then, now) = (facts.providers[address], found.providers[address])
            guard then != now else { continue }
            func version(_ text: String?) -> String { text.map { String($0.prefix { $0 != " " }) } ?? "not there" }
            let isSameVersion = version(then) == version(now)
            refusals.append(
                ApplyRefusal(
                    .providerDiffers,
                    isSameVersion
                        ? "the program of \(address) \(version(now)) here has other bytes than the one that planned"
                        : "\(address) was \(version(then)) when the plan was made, and is \(version(now)) here",
                    next: "use the same provider, or \(again)"))
        }
        return refusals
    }

    /// What was changed past Terraform since the plan.
    ///
    /// - Parameters:
    ///   - now: as ``PlanMeaning/drift(of:)``, of a plan that only refreshes.
    static func drift(_ facts: BundleFacts, now: [String: String]) -> ApplyRefusal? {
        let new = now.filter { facts.drift[$0.key] != $0.value }.keys.sorted()
        let gone = facts.drift.keys.filter { now[$0] == nil }.sorted()
        guard !new.isEmpty || !gone.isEmpty else { return nil }
        let names = (new + gone).prefix(5).joined(separator: ", ") + (new.count + gone.count > 5 ? ", …" : "")
        return ApplyRefusal(
            .drift, "somebody changed \(names) past \(facts.tool.name) since the plan",
            next: "plan it again, and look at what it would undo: jubako terraform plan \(facts.project)")
    }

    /// What one of Terraform's own errors means.
    static func refusal(_ problem: PlanDiagnosis.Problem, _ project: String) -> ApplyRefusal? {
        let again = "plan it again: jubako terraform plan \(project)"
        switch problem.summary {
        case "Saved plan is stale": return ApplyRefusal(.stateMoved, "the state of \(project) moved on since the plan", next: again)
        case "Saved plan does not match the given state":
            return ApplyRefusal(.otherLineage, "the state of \(project) is another one than was planned for", next: again)
        case "Inconsistent dependency lock file", "Failed to install provider", "Required plugins are not installed":
            return ApplyRefusal(.providerDiffers, "the providers here are not those that planned", next: again)
        case "Cannot apply incomplete plan": return ApplyRefusal(.incomplete, "the plan of \(project) is not complete", next: again)
        default:
            guard let holder = problem.lockHolder else { return nil }
            return ApplyRefusal(
                .locked, "the state of \(project) is locked by \(holder.who)\(holder.since.map { " since \($0)" } ?? "")",
                next: "wait for that run"
                    + (holder.id.map { "; if it is dead, free the lock in the project's folder: terraform force-unlock \($0)" } ?? ""))
        }
    }
}
