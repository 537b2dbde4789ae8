import Foundation
import NIOHTTP1
import ServiceModel

/// What containers use of the machine.
///
/// Docker lets a caller wait up to a second for these figures, longer than a scrape may take. So whoever asks gets what was read before, and
/// Docker is asked again in the background. While nobody asks here, nobody asks Docker.
actor ContainerUsage {
    struct Usage: Sendable, Equatable {
        /// In bytes, without the file cache that the kernel would give back.
        let memory: Double
        /// In bytes; nil when the container has none.
        let memoryLimit: Double?
        /// Cores in use since the last time; nil the first time.
        let cores: Double?
    }

    private struct Sample {
        let nanoseconds: Double
        let at: ContinuousClock.Instant
    }

    private let docker: DockerClient
    private let machineMemory: Double
    private var last: [String: Sample] = [:]
    private var usages: [String: Usage] = [:]
    private let wishes: AsyncStream<[String]>
    private let wish: AsyncStream<[String]>.Continuation

    /// - Parameter machineMemory: in bytes; Docker gives it as the limit of a container that has none.
    init(docker: DockerClient, machineMemory: Double) {
        self.docker = docker
        self.machineMemory = machineMemory
        (wishes, wish) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Reads when asked, until the task is cancelled.
    func run() async {
        for await ids in wishes { usages = await read(ids) }
    }

    /// The last known usage of each container by its Docker id; one that is gone or was never read is missing.
    func latest(_ ids: [String]) -> [String: Usage] {
        wish.yield(ids)
        return usages
    }

    private func read(_ ids: [String]) async -> [String: Usage] {
        let docker = docker
        var answers: [String: JSON] = [:]
        await withTaskGroup(of: (String, JSON?).self) { group in
            var waiting = ids[...]
            func next() {
                guard let id = waiting.popFirst() else { return }
                group.addTask { (id, try? await docker.call(.GET, "/containers/\(id)/stats", ["stream": "false", "one-shot": "true"])) }
            }
            for _ in 0..<8 { next() }
            for await (id, answer) in group {
                answers[id] = answer
                next()
            }
        }
        var usages: [String: Usage] = [:]
        var samples: [String: Sample] = [:]
        for (id, answer) in answers {
            let now = ContinuousClock.now
            guard let cpu = answer["cpu_stats"]["cpu_usage"]["total_usage"].double, cpu > 0 else { continue }
            samples[id] = Sample(nanoseconds: cpu, at: now)
            let memory = answer["memory_stats"]
            let cache = memory["stats"]["inactive_file"].double ?? memory["stats"]["total_inactive_file"].double ?? 0
            let limit = memory["limit"].double
            usages[id] = Usage(
                memory: max(0, (memory["usage"].double ?? 0) - cache), memoryLimit: limit.flatMap { $0 > 0 && $0 < machineMemory * 0.99 ? $0 : nil },
                cores: last[id].map { before in max(0, cpu - before.nanoseconds) / max(1, (now - before.at) / .nanoseconds(1)) })
        }
        last = samples
        return usages
    }
}
