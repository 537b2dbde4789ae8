import Foundation
import Logging
import ServiceLifecycle
import Subprocess
import SystemPackage

/// A program that is kept running: started again, ever more patiently, whenever it ends.
struct ChildProcess: Service {
    let name: String
    let executable: FilePath
    let arguments: [String]
    /// Where what it writes goes, and the file that remembers its process id.
    let directory: String
    let logger: Logger

    private var pidFile: String { "\(directory)/\(name).pid" }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var failures = 0
            await endOrphan()
            while !Task.isCancelled {
                let started = ContinuousClock.now
                let end = await runOnce()
                guard !Task.isCancelled else { break }
                failures = ContinuousClock.now - started > .seconds(10) ? 0 : failures + 1
                logger.warning("\(name) ended (\(end)) and is started again; its words are in \(directory)/\(name).log")
                try? await Task.sleep(for: Self.pause(afterFailures: failures))
            }
            unlink(pidFile)
        }
    }

    /// How long a program is left alone that ended early so many times in a row: twice as long each time, up to a quarter of a minute.
    static func pause(afterFailures failures: Int) -> Duration { min(.milliseconds(100 << min(failures, 8)), .seconds(15)) }

    private func runOnce() async -> String {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(8))]
        do {
            let log = try FileDescriptor.open(
                "\(directory)/\(name).log", .writeOnly, options: [.create, .truncate], permissions: [.ownerRead, .ownerWrite])
            defer { try? log.close() }
            let result = try await Subprocess.run(
                .path(executable), arguments: Arguments(arguments), platformOptions: options, input: .none,
                output: .fileDescriptor(log, closeAfterSpawningProcess: false), error: .fileDescriptor(log, closeAfterSpawningProcess: false)
            ) { execution in
                try "\(execution.processIdentifier.value)".write(toFile: pidFile, atomically: true, encoding: .utf8)
            }
            return "\(result.terminationStatus)"
        } catch {
            return "\(error)"
        }
    }

    /// Ends the process that a killed platform left behind: it holds the port and the files.
    private func endOrphan() async {
        guard let text = try? String(contentsOfFile: pidFile, encoding: .utf8), let id = pid_t(text), id > 1 else { return }
        let command = (try? Data(contentsOf: URL(filePath: "/proc/\(id)/cmdline"))).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard command.contains(directory) else { return }
        kill(id, SIGTERM)
        for _ in 0..<100 where kill(id, 0) == 0 { try? await Task.sleep(for: .milliseconds(50)) }
    }
}
