import NIOCore
import NIOPosix

/// The command socket of HAProxy's master process, through which all its workers are reached: the current one, and those that finish
/// their requests after a reload.
struct MasterSocket: Sendable {
    let path: String

    /// The processes that the master knows.
    struct Processes: Sendable, Equatable {
        var master = 0
        /// How often the configuration was loaded again.
        var reloads = 0
        /// How many of the last loads failed in a row.
        var failures = 0
        /// The process ids of the workers that listen.
        var workers: [Int] = []
        /// The process ids of the workers that finish their requests.
        var oldWorkers: [Int] = []

        /// Reads the answer to `show proc`.
        init(_ text: String) {
            var isOld = false
            for line in text.split(separator: "\n") {
                if line.hasPrefix("#") {
                    isOld = line.hasPrefix("# old")
                    continue
                }
                let words = line.split(separator: " ", omittingEmptySubsequences: true)
                guard words.count >= 3, let process = Int(words[0]) else { continue }
                switch words[1] {
                case "master":
                    master = process
                    reloads = Int(words[2]) ?? 0
                    if words.count > 4, words[3] == "[failed:" { failures = Int(words[4].dropLast()) ?? 0 }
                case "worker" where isOld: oldWorkers.append(process)
                case "worker": workers.append(process)
                default: break
                }
            }
        }
    }

    func processes() async throws -> Processes { Processes(try await send("show proc\n")) }

    /// Loads the configuration again. The answer comes before it is loaded.
    func reload() async throws { _ = try await send("reload\n") }

    /// Runs commands in a worker.
    ///
    /// - Returns: the answers one after the other, each followed by an empty line.
    @discardableResult
    func run(_ commands: [String], in worker: Int) async throws -> String {
        var answers = ""
        var rest = commands[...]
        while !rest.isEmpty {
            // The worker reads at most 16 kB at once.
            let batch = rest.prefix(64)
            rest = rest.dropFirst(64)
            answers += try await send(batch.map { "@!\(worker) \($0)\n" }.joined())
        }
        return answers
    }

    private func send(_ text: String) async throws -> String {
        try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask { try await exchange(text) }
            group.addTask {
                try await Task.sleep(for: .seconds(5))
                throw HAProxyError(code: .noAnswer, message: "haproxy did not answer on \(path) within 5 seconds")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? ""
        }
    }

    private func exchange(_ text: String) async throws -> String {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            outbound.finish()
            var answer = ByteBuffer()
            for try await part in inbound { answer.writeImmutableBuffer(part) }
            return String(buffer: answer)
        }
    }
}
