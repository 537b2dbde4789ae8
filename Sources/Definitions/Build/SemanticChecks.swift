import ServiceModel

/// What the types of the fields cannot say: that names lead somewhere, that ports do not collide, that what belongs together is there.
///
/// Where a key is missing is decided on the document as written: a value of the wrong type is a problem already, not a missing one.
struct SemanticChecks {
    let document: JSON
    let checked: JSON
    let containers: [SourceContainer]
    let definitions: [JSON]
    let loadBalancing: LoadBalancing?
    let appID: String
    private(set) var problems: [Problem] = []

    init(document: JSON, checked: JSON, containers: [SourceContainer], definitions: [JSON], loadBalancing: LoadBalancing?, appID: String) {
        self.document = document
        self.checked = checked
        self.containers = containers
        self.definitions = definitions
        self.loadBalancing = loadBalancing
        self.appID = appID
    }

    private var names: [String] { containers.map(\.name) }
    private var scheduler: JSON { document["scheduler"] }

    mutating func run() {
        checkAppID()
        checkScheduler()
        for container in containers { checkContainer(container) }
        checkDependencies()
        checkDependencyCycles()
        if containers.allSatisfy({ $0.checked["essential"] == false }) {
            note(
                "app must be essential, or one of the sidecars: ECS runs no task without an essential container",
                at: [.key("app"), .key("essential")])
        }
        checkPorts()
        checkLoadBalancing()
        for key in ["tags", "service_tags"] { checkTags(scheduler[key], at: [.key("scheduler"), .key(key)]) }
        checkTags(scheduler["elb_v2"]["tags"], at: [.key("scheduler"), .key("elb_v2"), .key("tags")])
    }

    private mutating func note(_ message: String, at path: DocumentPath, isAboutKey: Bool = false) {
        problems.append(Problem(message, at: path, isAboutKey: isAboutKey))
    }

    private mutating func checkAppID() {
        let isName = appID.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
        if !isName || appID.isEmpty || appID.utf8.count > 255 {
            note("the app is named after its file, and ECS takes only letters, digits, - and _ in a name: rename \(appID)", at: [])
        }
    }

    private mutating func checkScheduler() {
        guard case .object(let members) = scheduler else { return }
        let isDaemon = members["scheduling_strategy"] == "DAEMON"
        let count = members["desired_count"] ?? .null
        if count.isNull, !isDaemon { note("desired_count is missing", at: [.key("scheduler")]) }
        if let count = checked["scheduler"]["desiredCount"].int {
            if isDaemon {
                note("desired_count cannot be set for a DAEMON: it runs one task on every instance", at: [.key("scheduler"), .key("desired_count")])
            }
            if count < 0 { note("desired_count must not be negative", at: [.key("scheduler"), .key("desired_count")]) }
        }
        if members["elb_v2"] ?? .null != .null, members["load_balancers"] ?? .null != .null {
            note("elb_v2 and load_balancers cannot both be set", at: [.key("scheduler"), .key("load_balancers")], isAboutKey: true)
        }
    }

    private mutating func checkContainer(_ container: SourceContainer) {
        let values = container.checked
        for (index, link) in values["links"].array.enumerated() {
            checkReference(link.string.map(ContainerReferences.linked), at: container.path(.key("links"), .index(index)))
        }
        for (index, dependency) in values["dependsOn"].array.enumerated() {
            checkReference(dependency["containerName"].string, at: container.path(.key("depends_on"), .index(index), .key("container_name")))
        }
        for (index, source) in values["volumesFrom"].array.enumerated() {
            checkReference(source["sourceContainer"].string, at: container.path(.key("volumes_from"), .index(index), .key("source_container")))
        }
        let volumes = document["volumes"].object.keys
        for (index, mount) in values["mountPoints"].array.enumerated() {
            guard let volume = mount["sourceVolume"].string, !volumes.contains(volume) else { continue }
            let hint = Naming.nearest(to: volume, among: volumes).map { ", did you mean \($0)?" } ?? ""
            note("there is no volume \(volume)\(hint)", at: container.path(.key("mount_points"), .index(index), .key("source_volume")))
        }
        let hasMemory = [container.written["memory"], container.written["memory_reservation"], scheduler["memory"]].contains { !$0.isNull }
        if case .object = container.written, !hasMemory {
            note("\(container.name) needs memory or memory_reservation, or the scheduler memory for the whole task", at: container.path)
        }
        if let limit = values["memory"].int, let reservation = values["memoryReservation"].int, limit < reservation {
            note("memory must not be less than memory_reservation", at: container.path(.key("memory")))
        }
        checkVariables(container)
    }

    private mutating func checkReference(_ name: String?, at path: DocumentPath) {
        guard let name, !names.contains(name) else { return }
        let hint = Naming.nearest(to: name, among: names).map { ", did you mean \($0)?" } ?? ""
        note("there is no container \(name)\(hint)", at: path)
    }

    /// `env`, ECS's own `environment` and `secrets` fill one set of names.
    private mutating func checkVariables(_ container: SourceContainer) {
        var seen = Set(container.environment.keys)
        for key in ["environment", "secrets"] {
            for (index, variable) in container.checked[key].array.enumerated() {
                guard let name = variable["name"].string, !seen.insert(name).inserted else { continue }
                note("the variable \(name) is set twice", at: container.path(.key(key), .index(index), .key("name")))
            }
        }
    }

    /// What ECS asks of a container that others wait for.
    private mutating func checkDependencies() {
        for container in containers {
            for (index, dependency) in container.checked["dependsOn"].array.enumerated() {
                guard let other = containers.first(where: { $0.name == dependency["containerName"].string }) else { continue }
                let path = container.path(.key("depends_on"), .index(index), .key("condition"))
                switch dependency["condition"].string {
                case "HEALTHY" where other.written["health_check"].isNull:
                    note("\(other.name) can never be HEALTHY: it has no health_check", at: path)
                case "COMPLETE" where other.checked["essential"] != false, "SUCCESS" where other.checked["essential"] != false:
                    note("\(other.name) is essential, so the task stops when it ends: set its essential to false", at: path)
                default: break
                }
            }
        }
    }

    private mutating func checkDependencyCycles() {
        let needs = Dictionary(
            containers.map { ($0.name, $0.checked["dependsOn"].array.compactMap { $0["containerName"].string }) },
            uniquingKeysWith: { first, _ in first })
        var reported: Set<Set<String>> = []
        for container in containers {
            guard let circle = Self.circle(from: container.name, needs), reported.insert(Set(circle)).inserted else { continue }
            note(
                "depends_on runs in a circle: \((circle + [container.name]).joined(separator: " needs "))", at: container.path(.key("depends_on")),
                isAboutKey: true)
        }
    }

    /// A way from `start` back to itself.
    private static func circle(from start: String, _ needs: [String: [String]]) -> [String]? {
        var visited: Set<String> = []
        var ways = [[start]]
        while let way = ways.popLast() {
            for next in needs[way[way.count - 1]] ?? [] {
                if next == start { return way }
                if visited.insert(next).inserted { ways.append(way + [next]) }
            }
        }
        return nil
    }

    private mutating func checkPorts() {
        let sharesOneAddress = ["awsvpc", "host"].contains(scheduler["network_mode"].string)
        var taken: [String: String] = [:]
        for container in containers {
            for (index, mapping) in container.checked["portMappings"].array.enumerated() {
                let path = container.path(.key("port_mappings"), .index(index))
                let written = container.written["port_mappings"][index]
                if written["container_port"].isNull, written["container_port_range"].isNull { note("container_port is missing", at: path) }
                let host = mapping["hostPort"].int ?? 0
                for (key, port) in [("host_port", host), ("container_port", mapping["containerPort"].int ?? 0)] where !(0...65535).contains(port) {
                    note("\(key) must be a port from 0 to 65535", at: path + [.key(key)])
                }
                guard let port = sharesOneAddress && host == 0 ? mapping["containerPort"].int : host, port != 0 else { continue }
                let key = "\(port)/\(mapping["protocol"].string ?? "tcp")"
                if let other = taken[key] {
                    note("port \(key) is taken by \(other) already", at: path + [.key(written["host_port"].isNull ? "container_port" : "host_port")])
                } else {
                    taken[key] = container.name
                }
            }
        }
    }

    private mutating func checkLoadBalancing() {
        guard let loadBalancing, case .object(let members) = scheduler["elb_v2"] else { return }
        let path: DocumentPath = [.key("scheduler"), .key("elb_v2")]
        func isMissing(_ key: String) -> Bool { members[key] ?? .null == .null }
        if !loadBalancing.usesExistingLoadBalancer {
            for key in ["subnets", "listeners"] where isMissing(key) {
                note("\(key) is missing: a load balancer is created unless load_balancer_name names one", at: path)
            }
        }
        if !loadBalancing.usesExistingTargetGroup, isMissing("vpc_id") {
            note("vpc_id is missing: a target group is created unless target_group_name names one", at: path)
        }
        let created = [
            loadBalancing.usesExistingLoadBalancer ? nil : loadBalancing.loadBalancerName,
            loadBalancing.usesExistingTargetGroup ? nil : loadBalancing.targetGroupName,
        ]
        if let name = created.compactMap({ $0 }).first(where: { $0.utf8.count > 32 }) {
            note("\(name) is longer than the 32 characters that a load balancer's name may have: give the file a shorter name", at: path)
        }
        guard let index = containers.firstIndex(where: { $0.name == loadBalancing.containerName }) else {
            if isMissing("container_name") {
                note(
                    "container_name is missing: without it the container \(LoadBalancing.defaultContainerName) gets the traffic, and there is none",
                    at: path)
            } else if let name = members["container_name"]?.string {
                checkReference(name, at: path + [.key("container_name")])
            }
            return
        }
        guard isMissing("container_port") || checked["scheduler"]["elb_v2"]["container_port"].int != nil else { return }
        let port = loadBalancing.containerPort
        let isMapped = containers[index].checked["portMappings"].array.contains { mapping in
            mapping["containerPort"].int == port || PortRange.parse(mapping["containerPortRange"].string)?.contains(port) == true
        }
        guard !isMapped else { return }
        let message = "the container \(loadBalancing.containerName) does not map container_port \(port)"
        note(
            isMissing("container_port") ? message + ", which is the default" : message,
            at: path + (isMissing("container_port") ? [] : [.key("container_port")]))
    }

    private mutating func checkTags(_ tags: JSON, at path: DocumentPath) {
        for (key, value) in tags.object where !value.isNull && value.scalarText == nil {
            note("\(key) must be a text, not \(value.kindName)", at: path + [.key(key)])
        }
    }
}
