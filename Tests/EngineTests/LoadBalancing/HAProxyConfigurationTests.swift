import Foundation
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Engine

@Suite struct `HAProxy's configuration` {
    private static let settings = HAProxyConfiguration.Settings(statsSocket: "/run/jubako/stats.sock")

    /// The part of the text after the settings that never change.
    private func routing(_ state: LoadBalancingState) -> String {
        let text = HAProxyConfiguration.render(state, entryPort: 7780, Self.settings)
        let start = text.range(of: "frontend _entry")?.lowerBound ?? text.startIndex
        let end = text.range(of: "\nbackend _successor")?.lowerBound ?? text.endIndex
        return String(text[start..<end])
    }

    private func accepts(_ text: String) async throws -> String {
        guard let haproxy = try? HAProxyConfiguration.Settings.executable(environment: ProcessInfo.processInfo.environment) else { return "" }
        return try await withTemporaryDirectory { folder in
            let file = folder.appending(path: "haproxy.cfg").path
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let result = try await Subprocess.run(
                .path(haproxy), arguments: ["-c", "-q", "-f", file], output: .discarded, error: .string(limit: 65_536))
            return result.terminationStatus.isSuccess ? result.standardError : "rejected: \(result.standardError)"
        }
    }

    @Test func `an empty state answers everything with a page that says so`() async throws {
        let text = HAProxyConfiguration.render(LoadBalancingState(), entryPort: 7780, Self.settings)
        #expect(text.contains(#"there\x20are\x20none\x20yet"#))
        #expect(try await accepts(text) == "")
    }

    @Test func `a load balancer with a healthy, an unhealthy and a draining target`() async throws {
        var world = LoadBalancingWorld()
        let group = try world.targetGroup("hako-recipes")
        _ = try world.listener(try world.loadBalancer("hako-recipes"), LoadBalancingWorld.forward(group))
        for port in [32_770, 32_768, 32_769] { try world.healthyTarget(group, port: port) }
        let unhealthy = try #require(world.state.checkedTargets().first { $0.address.port == 32_769 })
        world.state.record(.unhealthy(.timeout), of: unhealthy)
        try world.call("DeregisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a", "Port": 32_770]]])
        let headers = #"""
                http-request set-var(txn.host) req.hdr(host),host_only,lower
                http-request set-header X-Amzn-Trace-Id %[unique-id] unless { stopping } || { req.hdr(X-Amzn-Trace-Id) -m found }
                http-request replace-header X-Forwarded-For (.*) "\1, %[src]" unless { stopping }
                http-request set-header X-Forwarded-For %[src] unless { stopping } || { req.hdr(X-Forwarded-For) -m found }
                http-request set-header X-Forwarded-Proto http
                http-request set-header X-Forwarded-Port %[dst_port]
                http-request disable-l7-retry unless { method GET HEAD OPTIONS TRACE PUT DELETE }
                use_backend _successor-7780 if { stopping }
            """#
        #expect(
            routing(world.state) == #"""
                frontend _entry
                    bind 127.0.0.1:7780
                \#(headers)
                    acl hako-recipes.localhost var(txn.host) -m str -- hako-recipes.localhost
                    use_backend hako-recipes if hako-recipes.localhost
                    default_backend _unknown

                backend hako-recipes
                    balance roundrobin
                    http-request return status 503 content-type text/plain string target\x20group\x20hako-recipes\x20has\x20no\x20healthy\x20target\x0a unless { nbsrv gt 0 }
                    server i-0a_32768 127.0.0.1:32768

                """#)
        #expect(try await accepts(HAProxyConfiguration.render(world.state, entryPort: 7780, Self.settings)) == "")
    }

    @Test func `with all targets unhealthy all get requests`() throws {
        var world = LoadBalancingWorld()
        let group = try world.targetGroup("group")
        _ = try world.listener(try world.loadBalancer("web"), LoadBalancingWorld.forward(group))
        for port in [8001, 8002] { try world.healthyTarget(group, port: port) }
        for target in world.state.checkedTargets() { world.state.record(.unhealthy(.timeout), of: target) }
        #expect(routing(world.state).contains("server i-0a_8001 ") && routing(world.state).contains("server i-0a_8002 "))
        // one that is still being checked may become healthy soon
        try world.call("RegisterTargets", ["TargetGroupArn": group, "Targets": [["Id": "i-0a", "Port": 8003]]])
        #expect(!routing(world.state).contains("server "))
    }

    @Test func `rules, ports and actions`() async throws {
        var world = LoadBalancingWorld()
        let blue = try world.targetGroup("blue")
        let green = try world.targetGroup("green")
        let web = try world.loadBalancer("Web")
        let listener = try world.listener(web, port: 80, LoadBalancingWorld.forward(blue))
        let weighted: JSON = [
            "Type": "forward",
            "ForwardConfig": ["TargetGroups": [["TargetGroupArn": blue, "Weight": 3], ["TargetGroupArn": green, "Weight": 1]]],
        ]
        try world.rule(listener, priority: 20, [["Field": "path-pattern", "Values": ["/api/*", "/v?"]]], weighted)
        try world.rule(
            listener, priority: 10, [["Field": "path-pattern", "Values": ["/gone"]]], LoadBalancingWorld.fixed(410, "it's gone\n100% \"sure\" #1"))
        try world.rule(
            listener, priority: 30,
            [
                ["Field": "http-header", "HttpHeaderConfig": ["HttpHeaderName": "X-Beta", "Values": ["yes"]]],
                ["Field": "query-string", "QueryStringConfig": ["Values": [["Key": "v", "Value": "2*"], ["Value": "any"]]]],
                ["Field": "source-ip", "SourceIpConfig": ["Values": ["127.0.0.0/8"]]],
            ],
            ["Type": "redirect", "RedirectConfig": ["StatusCode": "HTTP_302", "Protocol": "HTTPS", "Port": "443", "Path": "/new/#{path}"]])
        _ = try world.listener(web, port: 8080, LoadBalancingWorld.fixed(200, "side door"))
        _ = try world.loadBalancer("empty")
        let other = try world.loadBalancer("other")
        _ = try world.listener(other, port: 9090, LoadBalancingWorld.forward(green))
        let text = routing(world.state)
        for line in [
            "acl web.localhost var(txn.host) -m str -- web.localhost",
            "acl _web.localhost_7780_20_1 path -m beg -- /api/",
            "acl _web.localhost_7780_20_1 path -m reg -- ^/v.$",
            "use_backend blue if web.localhost _web.localhost_7780_20_1 { rand(4) lt 3 }",
            "use_backend green if web.localhost _web.localhost_7780_20_1",
            "acl _web.localhost_7780_30_1 req.fhdr(X-Beta) -i -m str -- yes",
            #"acl _web.localhost_7780_30_2 query -i -m reg -- (^|&)v=2[^&]*(&|$)"#,
            #"acl _web.localhost_7780_30_2 query -i -m reg -- (^|&)[^&]*=any(&|$)"#,
            "acl _web.localhost_7780_30_3 src -m ip -- 127.0.0.0/8",
            "use_backend _no-listener if empty.localhost",
            "use_backend green if other.localhost",
            "use_backend _web.localhost_8080_default if TRUE",
            #"http-request return status 410 content-type text/plain string it\x27s\x20gone\x0a100\x25\x20\x22sure\x22\x20\x231"#,
            "http-request redirect location https://%[var(txn.host)]:443/new%[path]?%[query] code 302 if { query -m len gt 0 }",
            "frontend _port-8080", "bind 127.0.0.1:8080", "bind 127.0.0.1:9090",
        ] { #expect(text.split(separator: "\n").contains { $0.trimmingCharacters(in: .whitespaces) == line }, "\(line)\n\(text)") }
        let gone = try #require(text.range(of: "use_backend _web.localhost_7780_10"))
        let api = try #require(text.range(of: "use_backend blue if web.localhost _web"))
        #expect(gone.lowerBound < api.lowerBound)
        #expect(try await accepts(HAProxyConfiguration.render(world.state, entryPort: 7780, Self.settings)) == "")
    }

    @Test func `the order in which things were made does not show`() throws {
        func text(_ names: [String]) throws -> String {
            var world = LoadBalancingWorld()
            for name in names { _ = try world.listener(try world.loadBalancer(name), LoadBalancingWorld.forward(try world.targetGroup(name))) }
            return HAProxyConfiguration.render(world.state, entryPort: 7780, Self.settings)
        }
        #expect(try text(["a", "b", "c"]) == text(["c", "a", "b"]))
    }

    @Test func `attributes of target groups and load balancers take effect`() async throws {
        var world = LoadBalancingWorld()
        let group = try world.targetGroup("group")
        let balancer = try world.loadBalancer("web")
        _ = try world.listener(balancer, LoadBalancingWorld.forward(group))
        try world.healthyTarget(group, port: 8001)
        func set(_ operation: String, _ name: String, _ arn: JSON, _ key: String, _ value: String) throws {
            try world.call(operation, .object([name: arn, "Attributes": [["Key": .string(key), "Value": .string(value)]]]))
        }
        try set("ModifyTargetGroupAttributes", "TargetGroupArn", group, "stickiness.enabled", "true")
        try set("ModifyTargetGroupAttributes", "TargetGroupArn", group, "load_balancing.algorithm.type", "least_outstanding_requests")
        try set("ModifyTargetGroupAttributes", "TargetGroupArn", group, "slow_start.duration_seconds", "30")
        try set("ModifyLoadBalancerAttributes", "LoadBalancerArn", balancer, "idle_timeout.timeout_seconds", "7")
        let text = routing(world.state)
        for line in [
            "balance leastconn", "timeout server 7s", "cookie AWSALB insert indirect nocache httponly maxlife 86400s",
            "server i-0a_8001 127.0.0.1:8001 slowstart 30s cookie i-0a_8001",
        ] { #expect(text.contains("    \(line)\n"), "\(text)") }
        #expect(try await accepts(HAProxyConfiguration.render(world.state, entryPort: 7780, Self.settings)) == "")
    }

    /// Values that would be syntax if they were not escaped.
    private static let hostile = [
        "x\n    server evil 127.0.0.1:1", "a b", "a#b", "\"", "'", "\\", "\\n", "%[env(HOME)]", "$HOME", "${HOME}", "\u{e9}\u{65e5}",
        "-f /etc/passwd", "a\r\nb",
        "(", "[", "{ always_true }", "a|b", "%", "*?+.^$", "\u{7f}",
    ]

    @Test func `no value can become syntax`() async throws {
        var plane = DataPlane(LoadBalancingState(), entryPort: 7780)
        plane.pools = [.init(group: "g", name: "group", servers: [])]
        var routes: [DataPlane.Route] = []
        for (index, value) in Self.hostile.enumerated() {
            let conditions: [RuleCondition] = [
                .host([value]), .path([value, value + "*", "*" + value]), .header(name: "X", values: [value]),
                .query([.init(key: value, value: value)]),
            ]
            let base = index * 10
            routes.append(.init(priority: base, conditions: conditions, action: .fixedResponse(.init(status: 200, contentType: nil, body: value))))
            routes.append(
                .init(
                    priority: base + 1, conditions: conditions,
                    action: .redirect(.init(host: "h\(value)", path: "/\(value)", query: value, status: 301))))
        }
        plane.frontends[0].sites = [.init(host: "web.localhost", routes: routes, fallback: nil)]
        let text = HAProxyConfiguration.render(plane, Self.settings)
        #expect(!text.contains("server evil"))
        let plain = text.unicodeScalars.allSatisfy { $0 == "\n" || (0x20...0x7E).contains($0.value) }
        #expect(plain)
        #expect(try await accepts(text) == "")
    }

    @Test func `changes of servers become commands, everything else does not`() throws {
        func plane(_ servers: [DataPlane.Server], stickiness: Int? = nil) -> DataPlane {
            DataPlane(frontends: [], pools: [.init(group: "g", name: "web", stickiness: stickiness, servers: servers)])
        }
        func server(_ port: Int, takesRequests: Bool = true) -> DataPlane.Server {
            .init(name: "i_\(port)", address: .init(host: "127.0.0.1", port: port), takesRequests: takesRequests)
        }
        let add = { (port: Int) in
            [
                "add server web/i_\(port) 127.0.0.1:\(port)", "set server web/i_\(port) addr 127.0.0.1 port \(port)",
                "set server web/i_\(port) state ready",
            ]
        }
        let cases: [(DataPlane, DataPlane, [String])] = [
            (plane([]), plane([server(1)]), add(1)),
            (plane([server(1)]), plane([server(1)]), []),
            (plane([server(1)]), plane([server(1, takesRequests: false), server(2)]), add(2) + ["set server web/i_1 state drain"]),
            (plane([server(1, takesRequests: false)]), plane([server(1)]), add(1)),
            (plane([]), plane([server(1, takesRequests: false)]), []),
            (
                plane([server(1)]), plane([]),
                ["set server web/i_1 state maint", "shutdown sessions server web/i_1", "del server web/i_1"]
            ),
        ]
        for (current, desired, commands) in cases {
            #expect(RuntimeChange.commands(from: current, to: desired) == commands)
            #expect(current.structure == desired.structure)
        }
        #expect(plane([], stickiness: 5).structure != plane([server(1)], stickiness: 5).structure)
    }

    @Test func `answers of the command socket are read`() {
        let text = """
            #<PID>          <type>          <reloads>       <uptime>        <version>
            23128           master          2 [failed: 1]   0d00h00m55s     2.6.12-1+deb12u4
            # workers
            25454           worker          0               0d00h00m00s     2.6.12-1+deb12u4
            # old workers
            23133           worker          2               0d00h00m55s     2.6.12-1+deb12u4
            # programs
            """
        let processes = MasterSocket.Processes(text)
        #expect(processes.master == 23_128 && processes.reloads == 2 && processes.failures == 1)
        #expect(processes.workers == [25_454] && processes.oldWorkers == [23_133])
        let statistics = ServerStatistics.parse(
            """
            # pxname,svname,qcur,qmax,scur,smax
            web,s1,0,0,3,9,,0,0,0,,0,,0,0,0,0,no check,1,1,0
            web,s2,0,0,0,9,,0,0,0,,0,,0,0,0,0,DRAIN,1,1,0
            web,BACKEND,0,0,3,9,,0,0,0,,0,,0,0,0,0,UP,1,1,0

            """)
        #expect(statistics.map(\.name) == ["s1", "s2"])
        #expect(statistics.map(\.current) == [3, 0])
        #expect(statistics.map(\.takesRequests) == [true, false])
    }
}
