/// What HAProxy has to do, derived from the state of load balancing.
///
/// Everything but the servers of a pool is its structure: a change of that needs a reload, a change of servers does not.
struct DataPlane: Sendable, Equatable {
    var frontends: [Frontend] = []
    var pools: [Pool] = []

    /// A port that is listened on, shared by the sites that answer there.
    struct Frontend: Sendable, Equatable {
        let port: Int
        /// The port at which all load balancers answer; requests for an unknown host get a page that names the known ones.
        let isEntry: Bool
        var sites: [Site]
    }

    /// A load balancer on a port.
    struct Site: Sendable, Equatable {
        /// In lower case, without a port.
        let host: String
        /// In the order in which they are tried.
        var routes: [Route]
        /// What happens when no route takes the request; nil when the load balancer has no listener.
        var fallback: RuleAction?
    }

    struct Route: Sendable, Equatable {
        /// Unique within the site, for the names of what is generated.
        let priority: Int
        let conditions: [RuleCondition]
        let action: RuleAction
    }

    /// The servers of a target group.
    struct Pool: Sendable, Equatable {
        /// The ARN of the target group.
        let group: String
        /// Unique among the pools; HAProxy's metrics carry it.
        let name: String
        var algorithm = Algorithm.roundRobin
        /// Seconds a client stays with its server; nil when it need not.
        var stickiness: Int?
        /// Seconds in which a new server's share grows to that of the others.
        var slowStart = 0
        /// Seconds without a byte after which a request has failed.
        var idleTimeout = 60
        /// What a drill does to the requests.
        var fault: Fault?
        /// In the order of their names.
        var servers: [Server]
    }

    enum Fault: Sendable, Equatable {
        case delay(milliseconds: Int)
        /// An answer 503 for some of the requests, which do not reach a server then.
        case errors(percent: Int)
    }

    struct Server: Sendable, Equatable {
        let name: String
        let address: TargetAddress
        /// False for a target that is not healthy or drains: it finishes its requests and gets no new ones.
        var takesRequests = true
    }

    enum Algorithm: String, Sendable {
        case roundRobin = "roundrobin"
        case leastConnections = "leastconn"
        case random
    }

    /// The plane without what the runtime API can change.
    var structure: DataPlane {
        var structure = self
        // A server that was added at runtime gets no stickiness cookie.
        for index in pools.indices where pools[index].stickiness == nil { structure.pools[index].servers = [] }
        return structure
    }
}

extension TargetKey {
    /// The name of the target's server, the same for the same target at any time.
    var serverName: String {
        let name = id.utf8.map { $0.isLetterOrDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") ? $0 : UInt8(ascii: "-") }
        return "\(String(decoding: name, as: UTF8.self))_\(port)"
    }
}
