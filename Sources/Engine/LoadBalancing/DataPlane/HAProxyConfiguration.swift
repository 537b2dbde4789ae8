/// The HAProxy configuration of a data plane. The same plane always gives the same text.
struct HAProxyConfiguration {
    struct Settings: Sendable, Equatable {
        /// Where the workers take commands, and the listening sockets pass from an old to a new one.
        var statsSocket: String
        /// Where the access log goes, a datagram a request; nil for none.
        var accessLogSocket: String?
        /// Where HAProxy's own Prometheus exporter answers; nil for nowhere.
        var exporterSocket: String?
        /// The script that can hold a request back; HAProxy has no directive for that.
        var delayScript = ""
        var address = "127.0.0.1"
        var threads = 1
        /// Bounded by the open files that the process may have: each connection takes two.
        var maximumConnections = 2000
        /// Seconds that a worker may live on after a reload to finish its requests.
        var hardStopAfter = 300
    }

    /// `http-request lua.delay MILLISECONDS` holds a request back without holding a thread.
    static let delayScript = """
        core.register_action("delay", { "http-req" }, function(transaction, milliseconds)
            core.msleep(tonumber(milliseconds))
        end, 1)

        """

    static let unknownHost = "_unknown"
    static let noListener = "_no-listener"
    static let noTarget = "_no-target"

    private let plane: DataPlane
    private let settings: Settings
    private var lines: [String] = []
    private var actions: [(name: String, action: RuleAction)] = []
    private var successors: [(name: String, address: String)] = []

    /// The text of the configuration.
    static func render(_ plane: DataPlane, _ settings: Settings) -> String {
        var configuration = HAProxyConfiguration(plane: plane, settings: settings)
        configuration.writeGlobals()
        configuration.writeExporter()
        for frontend in plane.frontends { configuration.write(frontend) }
        for pool in plane.pools { configuration.write(pool) }
        for (name, action) in configuration.actions {
            configuration.section("backend \(name)", ActionLines.of(action))
        }
        for (name, address) in configuration.successors {
            configuration.section("backend \(name)", ["server new \(address)"])
        }
        configuration.writeErrors()
        return configuration.lines.joined(separator: "\n") + "\n"
    }

    /// The text of the configuration that a state asks for.
    static func render(_ state: LoadBalancingState, entryPort: Int, _ settings: Settings) -> String {
        render(DataPlane(state, entryPort: entryPort), settings)
    }

    private init(plane: DataPlane, settings: Settings) {
        self.plane = plane
        self.settings = settings
    }

    private mutating func section(_ title: String, _ content: [String]) {
        if !lines.isEmpty { lines.append("") }
        lines.append(title)
        lines += content.map { "    \($0)" }
    }

    private mutating func writeGlobals() {
        lines.append("# Generated from the state of the engine: changes made here are lost.")
        let accessLog = settings.accessLogSocket.map { ["log \(ConfigurationWord.literal($0)) format raw local0 info"] } ?? []
        let isDelayed = plane.pools.contains { if case .delay = $0.fault { true } else { false } }
        let delay = isDelayed ? ["lua-load-per-thread \(ConfigurationWord.literal(settings.delayScript))"] : []
        section(
            "global",
            accessLog + delay + [
                "maxconn \(settings.maximumConnections)",
                "nbthread \(settings.threads)",
                "hard-stop-after \(settings.hardStopAfter)s",
                "stats socket \(ConfigurationWord.literal(settings.statsSocket)) level admin mode 600 expose-fd listeners",
                "stats timeout 10s",
            ])
        section(
            "defaults",
            (accessLog.isEmpty ? [] : ["log global", "log-format \(ConfigurationWord.literal(AccessLog.format))"]) + [
                "mode http",
                "timeout connect 5s",
                "timeout client 60s",
                "timeout server 60s",
                "timeout http-request 60s",
                "timeout http-keep-alive 60s",
                "timeout queue 10s",
                "timeout tunnel 1h",
                // Without it a reload closes idle connections under a client that is about to use them.
                "option idle-close-on-response",
                "retries 3",
                "option redispatch 1",
                "retry-on conn-failure empty-response",
                "unique-id-format Root=1-%[date,hex,bytes(8,8),lower]-%[uuid,regsub(-,,g),bytes(0,24)]",
            ])
    }

    private mutating func writeExporter() {
        guard let socket = settings.exporterSocket else { return }
        section(
            "frontend _exporter",
            ["bind \(ConfigurationWord.literal("unix@" + socket)) mode 600", "no log", "http-request use-service prometheus-exporter"])
    }

    private mutating func write(_ frontend: DataPlane.Frontend) {
        let successor = "_successor-\(frontend.port)"
        successors.append((successor, "\(settings.address):\(frontend.port)"))
        var content = [
            "bind \(settings.address):\(frontend.port)",
            "http-request set-var(txn.host) req.hdr(host),host_only,lower",
            "http-request set-header X-Amzn-Trace-Id %[unique-id] unless { stopping } || { req.hdr(X-Amzn-Trace-Id) -m found }",
            #"http-request replace-header X-Forwarded-For (.*) "\1, %[src]" unless { stopping }"#,
            "http-request set-header X-Forwarded-For %[src] unless { stopping } || { req.hdr(X-Forwarded-For) -m found }",
            "http-request set-header X-Forwarded-Proto http",
            "http-request set-header X-Forwarded-Port %[dst_port]",
            // Only what may be sent twice is sent twice after it may have reached a target.
            "http-request disable-l7-retry unless { method GET HEAD OPTIONS TRACE PUT DELETE }",
            // After a reload the old worker may still get requests over connections that were open. Its servers may be gone by then and cannot
            // be changed any more, so it hands such requests to the new worker.
            "use_backend \(successor) if { stopping }",
        ]
        // A port of its own answers whatever the host is called.
        let isShared = frontend.isEntry || frontend.sites.count > 1
        for site in frontend.sites {
            if isShared { content.append("acl \(site.host) var(txn.host) -m str -- \(site.host)") }
            content += route(site, in: frontend, condition: isShared ? [site.host] : [])
        }
        if isShared { content.append("default_backend \(Self.unknownHost)") }
        section(frontend.isEntry ? "frontend _entry" : "frontend _port-\(frontend.port)", content)
    }

    private mutating func route(_ site: DataPlane.Site, in frontend: DataPlane.Frontend, condition: [String]) -> [String] {
        var content: [String] = []
        let prefix = "_\(site.host)_\(frontend.port)"
        for route in site.routes {
            var names: [String] = []
            for (index, each) in route.conditions.enumerated() {
                let name = "\(prefix)_\(route.priority)_\(index + 1)"
                content += RouteConditions.lines(each, name: name)
                names.append(name)
            }
            content += use(route.action, named: "\(prefix)_\(route.priority)", condition: condition + names)
        }
        if let fallback = site.fallback {
            content += use(fallback, named: "\(prefix)_default", condition: condition)
        } else {
            content.append(Self.useBackend(Self.noListener, condition))
        }
        return content
    }

    private mutating func use(_ action: RuleAction, named name: String, condition: [String]) -> [String] {
        guard case .forward(let groups) = action else {
            actions.append((name, action))
            return [Self.useBackend(name, condition)]
        }
        let targets = groups.filter { $0.weight > 0 }.compactMap { group in
            plane.pools.first { $0.group == group.arn }.map { (pool: $0.name, weight: group.weight) }
        }
        guard !targets.isEmpty else { return [Self.useBackend(Self.noTarget, condition)] }
        var rest = targets.reduce(0) { $0 + $1.weight }
        return targets.enumerated().map { index, target in
            defer { rest -= target.weight }
            // Each line sees what the ones before it left over.
            let share = index == targets.count - 1 ? [] : ["{ rand(\(rest)) lt \(target.weight) }"]
            return Self.useBackend(target.pool, condition + share)
        }
    }

    private static func useBackend(_ name: String, _ condition: [String]) -> String {
        condition.isEmpty ? "use_backend \(name) if TRUE" : "use_backend \(name) if \(condition.joined(separator: " "))"
    }

    private mutating func write(_ pool: DataPlane.Pool) {
        var content = ["balance \(pool.algorithm.rawValue)"]
        if pool.idleTimeout != 60 { content.append("timeout server \(pool.idleTimeout)s") }
        if let seconds = pool.stickiness { content.append("cookie AWSALB insert indirect nocache httponly maxlife \(seconds)s") }
        let message = ConfigurationWord.literal("target group \(pool.name) has no healthy target\n")
        content.append("http-request return status 503 content-type text/plain string \(message) unless { nbsrv gt 0 }")
        switch pool.fault {
        case .delay(let milliseconds): content.append("http-request lua.delay \(milliseconds)")
        case .errors(let percent):
            let text = ConfigurationWord.literal("a drill answers in place of the app\n")
            content.append("http-request return status 503 content-type text/plain string \(text) if { rand(100) lt \(percent) }")
        case nil: break
        }
        for server in pool.servers where server.takesRequests {
            content.append("server \(server.name) \(server.address.text)\(Self.options(server, in: pool))")
        }
        section("backend \(pool.name)", content)
    }

    /// What stands after the address of a server, in the file and when it is added at runtime.
    static func options(_ server: DataPlane.Server, in pool: DataPlane.Pool) -> String {
        (pool.slowStart > 0 ? " slowstart \(pool.slowStart)s" : "") + (pool.stickiness == nil ? "" : " cookie \(server.name)")
    }

    private mutating func writeErrors() {
        let entry = plane.frontends.first { $0.isEntry }
        let known = entry?.sites.prefix(100).map { "http://\($0.host):\(entry?.port ?? 80)" } ?? []
        let list = known.isEmpty ? "there are none yet" : "there are:\n" + known.map { "  \($0)" }.joined(separator: "\n")
        let unknown = ConfigurationWord.literal("no load balancer of this name; \(list)\n")
        let noListener = ConfigurationWord.literal("the load balancer has no listener\n")
        let noTarget = ConfigurationWord.literal("the rule forwards to no target group\n")
        section("backend \(Self.unknownHost)", ["http-request return status 404 content-type text/plain string \(unknown)"])
        section("backend \(Self.noListener)", ["http-request return status 503 content-type text/plain string \(noListener)"])
        section("backend \(Self.noTarget)", ["http-request return status 503 content-type text/plain string \(noTarget)"])
    }
}

extension TargetAddress {
    /// As HAProxy takes it.
    var text: String { "\(host):\(port)" }
}
