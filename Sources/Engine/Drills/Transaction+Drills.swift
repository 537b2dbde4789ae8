import Foundation
import ServiceModel

/// Starting, ending and going on with drills.
extension Transaction {
    mutating func startDrill(_ input: JSON) throws(EngineError) -> JSON {
        let service = try activeService(input)
        guard let fault = input["fault"].string.flatMap(Drill.Fault.init) else {
            throw .invalidParameter("fault must be kill-task, latency or errors.")
        }
        let seconds = input["durationSeconds"].int ?? 0
        guard (1...Drill.longest).contains(seconds) else {
            throw .invalidParameter("A drill lasts from 1 to \(Drill.longest) seconds, not \(seconds).")
        }
        let (allowed, standard, unit) = fault.amounts
        let amount = input["amount"].int ?? standard
        guard allowed.contains(amount) else {
            throw .invalidParameter("The amount of \(fault.rawValue) is from \(allowed.lowerBound) to \(allowed.upperBound) \(unit), not \(amount).")
        }
        if let running = state.loadBalancing.drills[service.arn] {
            throw EngineError(
                code: "DrillRunningException",
                message: "\(service.name) already has the drill \(running.fault.rawValue) until \(running.endsAt.formatted(.iso8601)): stop it first."
            )
        }
        let groups = service.loadBalancers.compactMap { $0["targetGroupArn"].string }
        guard fault == .killTask || !groups.isEmpty else {
            throw .invalidParameter("\(service.name) has no load balancer: only requests that go through one can be delayed or answered with errors.")
        }
        var drill = Drill(
            id: service.arn, cluster: service.cluster, service: service.name, fault: fault, amount: amount, targetGroups: groups,
            startedBy: input["startedBy"].string.map { String($0.prefix(100)) }, startedAt: context.now, endsAt: context.now + Double(seconds))
        if fault == .killTask { drill.nextKill = context.now }
        state.loadBalancing.drills[drill.id] = drill
        advanceDrills()
        return ["drill": (state.loadBalancing.drills[drill.id] ?? drill).json]
    }

    mutating func stopDrill(_ input: JSON) throws(EngineError) -> JSON {
        let cluster = try cluster(input)
        guard let name = input["service"].string, let service = service(name, in: cluster.name),
            let drill = state.loadBalancing.drills[service.arn]
        else { throw EngineError(code: "DrillNotFoundException", message: "There is no drill on \(input["service"].string ?? "it").") }
        state.loadBalancing.drills[drill.id] = nil
        return ["drill": drill.json]
    }

    func listDrills(_ input: JSON) throws(EngineError) -> JSON {
        let drills = state.loadBalancing.drills.values.filter { input["cluster"].isNull || $0.cluster == clusterName(input) }
        return ["drills": .array(drills.sorted { $0.startedAt < $1.startedAt }.map(\.json))]
    }

    /// Ends drills whose time is over, lets tasks die that are due to, and wakes the engine for what comes next.
    mutating func advanceDrills() {
        for drill in state.loadBalancing.drills.values {
            guard drill.endsAt > context.now, let service = state.services[drill.id], service.status == .active else {
                state.loadBalancing.drills[drill.id] = nil
                continue
            }
            effects.wake(at: min(drill.endsAt, killTask(drill) ?? drill.endsAt))
        }
    }

    /// Kills one of the service's tasks when it is time to.
    ///
    /// - Returns: when the next one dies.
    private mutating func killTask(_ drill: Drill) -> Date? {
        guard var next = drill.nextKill, next <= context.now else { return drill.nextKill }
        // The oldest one: a task that has just replaced a killed one gets its time.
        let victim = state.tasks.group(drill.id).filter(\.isRunning).min { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        next = context.now + Double(drill.amount)
        state.loadBalancing.drills.update(drill.id) {
            $0.nextKill = next
            if victim != nil { $0.killedTasks += 1 }
        }
        if let victim { effects.kill.append(victim.id) }
        return next
    }
}
