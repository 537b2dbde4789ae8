public import ServiceModel

/// How far an apply came, read from its journal: it can be asked while it runs, after it ended, and after it was killed.
public struct ApplyReport: Sendable {
    public enum Outcome: String, Sendable, Hashable {
        case running, applied
        /// Terraform said that something failed; what was done before stays.
        case failed
        /// Nothing was changed.
        case refused
        /// It stopped without a word: killed, or the machine went down.
        case lost
    }

    public struct Step: Sendable, Hashable {
        public enum State: String, Sendable, Hashable { case done, failed, inFlight = "in-flight", left }

        public let address: String
        /// As ``PlanSummary/Group`` names it.
        public let action: String
        public fileprivate(set) var state = State.left
        /// What Terraform said of a failure.
        public fileprivate(set) var error: String?
        public fileprivate(set) var seconds: Int?
        /// What Terraform still has to do: a replacement is one step for people, and two for Terraform.
        fileprivate var parts: Set<String>

        fileprivate init(address: String, action: String, parts: Set<String>) {
            self.address = address
            self.action = action
            self.parts = parts
        }

        fileprivate init(planned: JSON) {
            address = planned["address"].string ?? ""
            action = planned["action"].string ?? ""
            switch action {
            case "destroy": parts = ["delete"]
            case "replace": parts = ["delete", "create"]
            default: parts = [action]
            }
        }
    }

    public private(set) var outcome: Outcome
    public private(set) var steps: [Step] = []
    /// Failures that belong to no resource.
    public private(set) var errors: [String] = []
    /// Old objects whose replacement failed half-way: the next plan deletes them.
    public private(set) var deposed: [String] = []
    /// Resources whose tag turned out wrong.
    public private(set) var wrongTags: [String] = []
    public private(set) var project = ""
    public private(set) var digest = ""
    public private(set) var by = ""
    public private(set) var startedAt: String?
    public private(set) var endedAt: String?
    public private(set) var approval: String?

    /// - Parameters:
    ///   - journal: the lines of one apply.
    ///   - isAlive: whether the process that writes it still runs.
    public init(_ journal: [JSON], isAlive: Bool) {
        outcome = isAlive ? .running : .lost
        for line in journal {
            let event = line["event"]
            switch event["type"].string {
            case "begin":
                project = event["project"].string ?? ""
                digest = event["digest"].string ?? ""
                by = event["by"].string ?? ""
                approval = event["without_approval"].string
                startedAt = line["at"].string
                steps = event["planned"].array.map(Step.init(planned:))
            case "apply_start", "apply_complete", "apply_errored": take(event)
            case "diagnostic": take(problem: event)
            case "end":
                outcome = Outcome(rawValue: event["outcome"].string ?? "") ?? .failed
                endedAt = line["at"].string
                deposed = event["deposed"].strings
                wrongTags = event["wrong_tags"].strings
                // What changes the state alone comes without an event.
                if outcome == .applied { for place in steps.indices { steps[place].state = .done } }
                // The end of an old object has no event of its own when it fails.
                for place in steps.indices where steps[place].state == .inFlight { steps[place].state = .failed }
            default: break
            }
        }
    }

    private mutating func take(_ event: JSON) {
        let hook = event["hook"]
        let address = hook["resource"]["addr"].string ?? ""
        let part = hook["action"].string ?? ""
        let place =
            steps.firstIndex { $0.address == address && $0.parts.contains(part) }
            ?? {
                steps.append(Step(address: address, action: part == "delete" ? "destroy" : part, parts: [part]))
                return steps.count - 1
            }()
        switch event["type"].string {
        case "apply_start": steps[place].state = .inFlight
        case "apply_complete":
            steps[place].parts.remove(part)
            steps[place].seconds = (steps[place].seconds ?? 0) + (hook["elapsed_seconds"].int ?? 0)
            // Between its two halves a replacement is still under way.
            steps[place].state = steps[place].parts.isEmpty ? .done : .inFlight
        default: steps[place].state = .failed
        }
    }

    private mutating func take(problem event: JSON) {
        var diagnosis = PlanDiagnosis()
        diagnosis.take(event)
        guard let problem = diagnosis.problems.first else { return }
        if let address = problem.address, let place = steps.firstIndex(where: { $0.address == address && $0.state != .done }) {
            steps[place].error = problem.text
            if steps[place].state != .left { steps[place].state = .failed }
        } else {
            errors.append(problem.text)
        }
    }

    public func count(_ state: Step.State) -> Int { steps.count { $0.state == state } }

    /// One line.
    public var line: String {
        let counts = [(Step.State.done, "done"), (.failed, "failed"), (.inFlight, "in flight"), (.left, "left")].compactMap { state, word in
            count(state) > 0 ? "\(count(state)) \(word)" : nil
        }
        return "\(project): \(outcome.rawValue)" + (counts.isEmpty ? "" : ", " + counts.joined(separator: ", "))
    }

    /// For people: what was done, what was not, what to do next.
    public var text: String {
        var lines = [line]
        for step in steps where step.state != .done || steps.count <= 50 {
            let mark =
                switch step.state {
                case .done: "✓"
                case .failed: "✗"
                case .inFlight: "…"
                case .left: "-"
                }
            lines.append("  \(mark) \(step.address) (\(step.action))" + (step.error.map { ": \($0)" } ?? ""))
        }
        lines += errors.map { "  ✗ \($0)" }
        lines += deposed.map { "  deposed: \($0); the next plan deletes it" }
        lines += wrongTags.map { "  wrong tag: \($0)" }
        switch outcome {
        case .failed, .lost:
            lines.append("  what is done stays done; see what is left with: jubako terraform plan \(project)")
            if outcome == .lost, count(.inFlight) > 0 {
                lines.append("  what was in flight may be there without being in the state: look before you apply again")
                lines.append("  if the next plan finds the state locked, that run is dead: it prints the line that frees the lock")
            }
        case .running, .applied, .refused: break
        }
        return lines.joined(separator: "\n")
    }

    public var json: JSON {
        .compact([
            "project": .string(project), "digest": .string(digest), "outcome": .string(outcome.rawValue), "by": .string(by),
            "started_at": JSON(startedAt), "ended_at": JSON(endedAt), "without_approval": JSON(approval),
            "steps": .array(
                steps.map { step in
                    .compact([
                        "address": .string(step.address), "action": .string(step.action), "state": .string(step.state.rawValue),
                        "error": JSON(step.error), "seconds": JSON(step.seconds),
                    ])
                }), "errors": JSON(errors), "deposed": JSON(deposed), "wrong_tags": JSON(wrongTags),
        ])
    }
}
