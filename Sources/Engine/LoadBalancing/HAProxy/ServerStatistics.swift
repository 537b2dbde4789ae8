/// One server's line of `show stat`.
struct ServerStatistics: Sendable, Equatable {
    let pool: String
    let name: String
    /// Requests in flight.
    let current: Int
    /// `no check` or `UP`, `DRAIN`, `MAINT`.
    let status: String

    /// It may get requests.
    var takesRequests: Bool { status == "no check" || status.hasPrefix("UP") }

    /// Reads all lines of servers in the answer to one or more `show stat`.
    static func parse(_ text: String) -> [ServerStatistics] {
        text.split(separator: "\n").compactMap { line in
            // pxname,svname,qcur,qmax,scur,…,status is the 18th
            let fields = line.split(separator: ",", maxSplits: 18, omittingEmptySubsequences: false)
            guard fields.count > 18, !line.hasPrefix("#"), fields[1] != "BACKEND", fields[1] != "FRONTEND" else { return nil }
            return ServerStatistics(pool: String(fields[0]), name: String(fields[1]), current: Int(fields[4]) ?? 0, status: String(fields[17]))
        }
    }

    /// The command whose answer has the lines of a pool's servers.
    static func command(pool: String) -> String { "show stat \(pool) 4 -1" }
}
