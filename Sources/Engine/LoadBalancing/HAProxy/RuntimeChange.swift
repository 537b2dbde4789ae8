/// The way from one data plane to another of the same structure, as commands for running workers.
enum RuntimeChange {
    /// What a worker that runs `current` must be told to run `desired`. Every command may be given to a worker that has it done already.
    static func commands(from current: DataPlane, to desired: DataPlane) -> [String] {
        let before = Dictionary(current.pools.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return desired.pools.flatMap { pool in commands(from: before[pool.name]?.servers ?? [], to: pool) }
            + current.pools.filter { pool in !desired.pools.contains { $0.name == pool.name } }
            .flatMap { pool in pool.servers.flatMap { remove("\(pool.name)/\($0.name)") } }
    }

    /// The pools whose servers differ.
    static func changedPools(from current: DataPlane, to desired: DataPlane) -> [DataPlane.Pool] {
        desired.pools.filter { pool in current.pools.first { $0.name == pool.name }?.servers != pool.servers }
    }

    /// Whether a worker's servers are as a pool wants them.
    static func isInForce(_ pool: DataPlane.Pool, _ servers: [ServerStatistics]) -> Bool {
        let serving = Set(servers.filter { $0.pool == pool.name && $0.takesRequests }.map(\.name))
        return serving == Set(pool.servers.filter(\.takesRequests).map(\.name))
    }

    private static func commands(from current: [DataPlane.Server], to pool: DataPlane.Pool) -> [String] {
        let before = Dictionary(current.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        // New servers come before old ones go, so that there is always one.
        var added: [String] = []
        var stopped: [String] = []
        for server in pool.servers where before[server.name] != server {
            let name = "\(pool.name)/\(server.name)"
            if server.takesRequests {
                added.append("add server \(name) \(server.address.text)\(HAProxyConfiguration.options(server, in: pool))")
                added.append("set server \(name) addr \(server.address.host) port \(server.address.port)")
                added.append("set server \(name) state ready")
            } else if before[server.name] != nil {
                stopped.append("set server \(name) state drain")
            }
        }
        let wanted = Set(pool.servers.map(\.name))
        let removed = current.filter { !wanted.contains($0.name) }.flatMap { remove("\(pool.name)/\($0.name)") }
        return added + stopped + removed
    }

    /// Requests that are still in flight end here: whoever wants them to finish drains first.
    private static func remove(_ name: String) -> [String] {
        ["set server \(name) state maint", "shutdown sessions server \(name)", "del server \(name)"]
    }
}
