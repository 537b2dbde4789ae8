import Foundation
import Logging
import Subprocess
import SystemPackage

extension HAProxy {
    /// Makes the folder, and checks what would make every start fail.
    func prepare() async throws {
        guard settings.masterSocket.utf8.count < 90 else {
            throw HAProxyError(
                code: .files, message: "the folder \(settings.directory) has too long a path for haproxy's sockets; choose a shorter one")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: settings.directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try HAProxyConfiguration.delayScript.write(toFile: settings.delayScript, atomically: true, encoding: .utf8)
        } catch {
            throw HAProxyError(code: .files, message: "cannot make the folder \(settings.directory) for haproxy: \(error)")
        }
        if await orphan() == nil { try checkEntry() }
    }

    /// Starts the process again whenever it ends.
    func supervise(_ file: ConfigurationFile) async throws {
        var failures = 0
        while !Task.isCancelled {
            let started = ContinuousClock.now
            do {
                let end = try await runOnce(file)
                guard !Task.isCancelled else { return }
                logger.warning("haproxy ended (\(end)); starting it again")
                emit(.exited(end))
            } catch {
                guard !Task.isCancelled else { return }
                logger.warning("haproxy cannot be started: \(error)")
                emit(.startFailed("\(error)"))
                answer(upTo: generation, .failure(error))
            }
            failures = ContinuousClock.now - started > .seconds(10) ? 0 : failures + 1
            try? await Task.sleep(for: min(.milliseconds(50 << min(failures, 8)), .seconds(5)))
        }
    }

    /// The last alerts that the process wrote, for messages.
    func lastAlerts() -> String {
        let alerts = lastWords.filter { $0.contains("[ALERT]") }
        return (alerts.isEmpty ? lastWords.suffix(1) : alerts.suffix(3)).joined(separator: "; ")
    }

    /// Runs the process once, from its start to its end.
    ///
    /// - Returns: how it ended.
    private func runOnce(_ file: ConfigurationFile) async throws -> String {
        let orphan = await orphan()
        if orphan == nil {
            // the workers of a process that was killed need a moment to go
            if !lastWords.isEmpty { await awaitPorts() }
            try checkEntry()
        }
        let wanted = generation
        let plane = orphan == nil ? attainable() : desired
        try await file.write(HAProxyConfiguration.render(plane, settings.configuration), isChecked: true)
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(3))]
        var arguments = ["-W", "-S", settings.masterSocket, "-f", settings.configurationPath]
        if let orphan {
            // An engine that was killed left its HAProxy behind: the new one takes over its open ports, and tells it to finish.
            arguments += ["-x", settings.statsSocket, "-sf", String(orphan)]
        }
        lastWords = []
        let result = try await Subprocess.run(
            .path(file.executable), arguments: Arguments(arguments), platformOptions: options, input: .none, output: .discarded,
            error: .sequence
        ) { execution in
            let process = Int(execution.processIdentifier.value)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.awaitReady(process, plane, wanted) }
                for try await line in execution.standardError.strings() { self.hear(line) }
                group.cancelAll()
            }
        }
        inForce = nil
        return "\(result.terminationStatus), \(lastAlerts())"
    }

    private func awaitReady(_ process: Int, _ plane: DataPlane, _ wanted: Int) async throws {
        while !Task.isCancelled {
            if let processes = try? await master.processes(), processes.master == process, let worker = processes.workers.last,
                (try? await master.run(["show info"], in: worker)) != nil
            {
                inForce = plane
                appliedGeneration = max(appliedGeneration, wanted)
                answer(upTo: wanted, .success(()))
                emit(.started(processID: process))
                wakeup.wake()
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private func hear(_ line: String) {
        let line = line.trimmingCharacters(in: .newlines)
        logger.debug("haproxy: \(line)")
        lastWords.append(line)
        if lastWords.count > 20 { lastWords.removeFirst() }
    }

    /// The process id of an HAProxy that another run of the engine left behind in the same folder.
    private func orphan() async -> Int? {
        guard FileManager.default.fileExists(atPath: settings.masterSocket), let processes = try? await master.processes(), processes.master > 0
        else { return nil }
        return processes.master
    }

    private func awaitPorts() async {
        let end = ContinuousClock.now + .seconds(1)
        let ports = desired.frontends.map(\.port).filter { !blockedPorts.contains($0) }
        while ContinuousClock.now < end, !ports.allSatisfy({ PortOccupant.isFree($0, address: settings.address) }) {
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    private func checkEntry() throws {
        guard let entry = desired.frontends.first(where: \.isEntry), !PortOccupant.isFree(entry.port, address: settings.address) else { return }
        throw PortOccupant.error(port: entry.port, use: "the load balancers", option: "--http-port")
    }
}
