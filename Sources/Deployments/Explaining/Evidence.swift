import ServiceModel

/// Reads the facts of an autopsy for what they say about the first cause.
struct Evidence {
    let facts: Autopsy.Facts
    let snapshot: ServiceSnapshot
    /// The task that failed first.
    let task: JSON?

    init(_ facts: Autopsy.Facts, _ snapshot: ServiceSnapshot) {
        self.facts = facts
        self.snapshot = snapshot
        task = Self.firstFailure(of: facts.stoppedTasks)
    }

    /// The earliest task that failed by itself, of the newest revision of which any did.
    static func firstFailure(of tasks: [JSON]) -> JSON? {
        let failed = tasks.filter { task in
            let reason = task["stoppedReason"].string ?? ""
            if task["stopCode"].string == "UserInitiated" || reason.hasPrefix("Scaling activity") { return false }
            // A task that was asked to stop did not fail, unless its health was why.
            return task["stopCode"].string != "ServiceSchedulerInitiated" || reason.contains("health check")
        }
        let revisions = failed.compactMap(\.["taskDefinitionArn"].string)
        guard let newest = revisions.max(by: Revision.isOlder(_:than:)) else { return failed.first }
        return failed.filter { $0["taskDefinitionArn"].string == newest }.min {
            ($0["stoppedAt"].double ?? .infinity) < ($1["stoppedAt"].double ?? .infinity)
        }
    }

    /// The container to blame for the end of `task`: one that failed and that the task needs, else the first that failed.
    static func culprit(of task: JSON) -> JSON? {
        let containers = task["containers"].array
        let reason = task["stoppedReason"].string ?? ""
        return containers.first { $0["reason"].string?.hasPrefix("OutOfMemory") == true }
            ?? containers.first { $0["healthStatus"].string == "UNHEALTHY" && reason.contains("container health") }
            ?? containers.first { ($0["exitCode"].int ?? 0) != 0 && $0["exitCode"].int != 137 && $0["exitCode"].int != 143 }
            ?? containers.first { ($0["exitCode"].int ?? 0) != 0 }
            ?? containers.first { $0["reason"].string?.isEmpty == false }
            ?? containers.first { $0["name"].string == "app" } ?? containers.first
    }

    var lastEvents: [String] { snapshot.events.suffix(3).reversed().map(\.message) }

    var taskVerdict: Autopsy.Verdict? {
        guard let task else { return nil }
        let reason = task["stoppedReason"].string ?? ""
        let culprit = Self.culprit(of: task)
        let name = culprit?["name"].string ?? "app"
        let image = culprit?["image"].string ?? "its image"
        let why = culprit?["reason"].string ?? ""
        let everything = reason + " " + why
        let evidence = basis(task, culprit)
        if everything.contains("CannotPull") {
            return .init(
                .image, "the image \(image) of container \(name) cannot be pulled", evidence: evidence,
                nextSteps: [
                    "check the image's name and tag, and that it was pushed", "check that the registry lets the task's execution role read it",
                ])
        }
        if everything.contains("ResourceInitializationError") || everything.contains("unable to pull secrets") {
            return .init(
                .secrets, "the task's secrets or resources could not be prepared", evidence: evidence,
                nextSteps: ["check the secrets that the definition names, and that execution_role_arn may read them"])
        }
        if everything.contains("OutOfMemory") {
            return .init(
                .outOfMemory, "container \(name) ran out of memory", evidence: evidence,
                nextSteps: ["raise memory of \(name), or find out what uses so much: jubako logs \(facts.app)"])
        }
        if reason.contains("ELB health checks") {
            return .init(
                .targetHealth, "the load balancer's health checks of container \(name) failed\(targetReason)", evidence: evidence,
                nextSteps: healthSteps(name))
        }
        if reason.contains("container health checks") {
            return .init(
                .containerHealth, "the health check of container \(name) failed", evidence: evidence,
                nextSteps: ["run its health_check command inside the container", "give a slow start more time: health_check.start_period"])
        }
        if task["stopCode"].string == "TaskFailedToStart" {
            return .init(
                .start, "the task could not be started: \(why.isEmpty ? reason : why)", evidence: evidence, nextSteps: ["jubako status \(facts.app)"])
        }
        if let code = culprit?["exitCode"].int {
            return .init(
                .exit, "container \(name) ended with exit code \(code)\(Self.meaning(code))", evidence: evidence,
                nextSteps: ["jubako logs \(facts.app) --container \(name) shows all that it wrote"])
        }
        return .init(.unknown, reason.isEmpty ? "a task stopped" : reason, evidence: evidence, nextSteps: ["jubako logs \(facts.app)"])
    }

    /// No machine could take the task.
    var placement: Autopsy.Verdict? {
        guard let event = snapshot.events.last(where: { $0.message.contains("unable to place a task") }), snapshot.running < snapshot.desired else {
            return nil
        }
        let rest = event.message.split(separator: " Reason: ", maxSplits: 1)
        let reason = rest.count > 1 ? String(rest[1]) : event.message
        return .init(
            .placement, "no machine can take the task: \(reason)", evidence: [event.message],
            nextSteps: ["ask for less cpu and memory, free a host port, or add capacity to cluster \(facts.cluster)"])
    }

    /// The load balancer refuses the targets.
    var targets: Autopsy.Verdict? {
        let bad = facts.unhealthyTargets.filter { ["unhealthy", "unavailable"].contains($0["TargetHealth"]["State"].string ?? "") }
        let event = snapshot.events.last { $0.message.contains("is unhealthy in") }
        guard !bad.isEmpty || event != nil && snapshot.running < snapshot.desired else { return nil }
        let evidence = bad.map(Self.text) + [event?.message].compactMap { $0 }
        return .init(
            .targetHealth, "the load balancer's health checks fail\(targetReason)", evidence: evidence + lines, nextSteps: healthSteps("app"))
    }

    var events: Autopsy.Verdict? {
        guard let event = snapshot.events.last(where: { $0.message.contains(" unable ") }), snapshot.running < snapshot.desired else { return nil }
        return .init(.unknown, event.message, evidence: lastEvents + lines, nextSteps: ["jubako logs \(facts.app)"])
    }

    private var targetReason: String {
        let described = facts.unhealthyTargets.compactMap(\.["TargetHealth"]["Description"].string).first
        if let described { return ": \(described)" }
        let event = snapshot.events.last { $0.message.contains("(reason ") }
        guard let text = event?.message.split(separator: "(reason ", maxSplits: 1).last else { return "" }
        return ": " + text.trimmingSuffix { ").".contains($0) }
    }

    private var lines: [String] { facts.lastLines.map { "\($0.container) | \($0.message)" } }

    private func healthSteps(_ name: String) -> [String] {
        [
            "check that \(name) answers health_check_path with the expected code on its container_port",
            "give a slow start more time: health_check_grace_period_seconds", "jubako logs \(facts.app)",
        ]
    }

    private func basis(_ task: JSON, _ culprit: JSON?) -> [String] {
        let id = task["taskArn"].string?.split(separator: "/").last ?? ""
        var evidence = ["task \(id) of \(Revision.name(of: task["taskDefinitionArn"].string ?? "")): \(task["stoppedReason"].string ?? "stopped")"]
        for container in task["containers"].array {
            var facts: [String] = []
            if let code = container["exitCode"].int { facts.append("exit code \(code)") }
            if let reason = container["reason"].string, !reason.isEmpty { facts.append(reason) }
            if !facts.isEmpty { evidence.append("container \(container["name"].string ?? ""): \(facts.joined(separator: ", "))") }
        }
        return evidence + facts.unhealthyTargets.prefix(3).map(Self.text) + lines
    }

    private static func text(_ target: JSON) -> String {
        let place = [target["Target"]["Id"].string, target["Target"]["Port"].int.map(String.init)].compactMap { $0 }.joined(separator: ":")
        let health = target["TargetHealth"]
        return "target \(place) is \(health["State"].string ?? ""): \(health["Description"].string ?? health["Reason"].string ?? "no reason given")"
    }

    private static func meaning(_ code: Int) -> String {
        switch code {
        case 0: " although it should keep running"
        case 125: " (the container could not be run)"
        case 126: " (its command is not executable)"
        case 127: " (its command was not found)"
        case 134: " (SIGABRT: it crashed)"
        case 137: " (SIGKILL: killed, perhaps out of memory or after the stop timeout)"
        case 139: " (SIGSEGV: it crashed)"
        case 143: " (SIGTERM: it was asked to stop)"
        default: ""
        }
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var rest = self[...]
        while let last = rest.last, predicate(last) { rest = rest.dropLast() }
        return String(rest)
    }
}
