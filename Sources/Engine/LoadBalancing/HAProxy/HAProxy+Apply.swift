import Logging

extension HAProxy {
    /// Brings the running process to the wanted data plane whenever that changes.
    func followDesired(_ file: ConfigurationFile) async {
        var failures = 0
        while !Task.isCancelled {
            let retry: Duration? = failures > 0 ? .milliseconds(200 * failures) : blockedPorts.isEmpty ? nil : .seconds(2)
            await wakeup.wait(atMost: retry)
            guard let current = inForce, !Task.isCancelled else { continue }
            let wanted = generation
            do {
                try await bring(current, to: attainable(), file)
                failures = 0
                appliedGeneration = max(appliedGeneration, wanted)
                answer(upTo: wanted, .success(()))
            } catch {
                failures = min(failures + 1, 10)
                logger.warning("the load balancer could not be changed: \(error)")
                // The process may just have ended; then its next start brings the wanted state.
                if failures >= 3, inForce != nil { answer(upTo: wanted, .failure(error)) }
            }
        }
    }

    private func bring(_ current: DataPlane, to plane: DataPlane, _ file: ConfigurationFile) async throws {
        guard plane != current else { return }
        let text = HAProxyConfiguration.render(plane, settings.configuration)
        if plane.structure == current.structure {
            try await file.write(text, isChecked: false)
            if try await change(RuntimeChange.commands(from: current, to: plane), RuntimeChange.changedPools(from: current, to: plane)) {
                inForce = plane
                return
            }
            logger.notice("haproxy did not take a change of servers; loading the configuration again")
        } else {
            try await file.write(text, isChecked: true)
        }
        try await reload()
        inForce = plane
        emit(.reloaded)
    }

    /// Gives the commands to the current worker. Old ones take none, and need none: they hand new requests to the current one.
    ///
    /// - Returns: whether the pools are as they should be then.
    private func change(_ commands: [String], _ pools: [DataPlane.Pool]) async throws -> Bool {
        let processes = try await master.processes()
        guard let worker = processes.workers.last else { throw HAProxyError(code: .noAnswer, message: "haproxy has no worker") }
        let answer = try await master.run(commands + pools.map { ServerStatistics.command(pool: $0.name) }, in: worker)
        let servers = ServerStatistics.parse(answer)
        return pools.allSatisfy { RuntimeChange.isInForce($0, servers) }
    }

    /// Loads the configuration again, and returns when a new worker has taken over.
    private func reload() async throws {
        if let lastReload {
            let wait = settings.reloadInterval - (ContinuousClock.now - lastReload)
            if wait > .zero { try await Task.sleep(for: wait) }
        }
        lastReload = .now
        let before = try await master.processes()
        try await master.reload()
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            // The master closes its socket while it starts itself anew.
            if let now = try? await master.processes(), now.reloads > before.reloads {
                guard now.failures == 0 else {
                    throw HAProxyError(
                        code: .reloadFailed, message: "haproxy could not load its configuration again: \(lastAlerts())")
                }
                if let worker = now.workers.last, !before.workers.contains(worker), (try? await master.run(["show info"], in: worker)) != nil {
                    return
                }
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw HAProxyError(code: .reloadFailed, message: "haproxy did not load its configuration again within 10 seconds")
    }
}
