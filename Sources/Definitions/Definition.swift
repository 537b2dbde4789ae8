public import ServiceModel

/// One app as its file describes it, checked, in the form that ECS takes.
public struct Definition: Sendable {
    /// The name of the file without its last extension: the service and the task definition's family are called so.
    public let appID: String
    /// The path as given.
    public let file: String
    /// The file's content with includes resolved; `env` still has its `#{name}` unless it was loaded with `.expand`.
    public let document: JSON
    public let cluster: String
    /// `scheduler.region`; the AWS configuration decides where it is missing.
    public let region: String?
    /// The team.
    public let owner: String?
    /// The Terraform project that its infrastructure is.
    public let project: String?
    /// A complete RegisterTaskDefinition request.
    public let taskDefinition: JSON
    /// A CreateService request without the task definition and the load balancer of ``loadBalancing``.
    public let service: JSON
    /// A RunTask request without the task definition, count and overrides.
    public let runTask: JSON
    /// `scheduler.elb_v2`.
    public let loadBalancing: LoadBalancing?
    /// `monitoring`; nil for an app that is not scraped.
    public let monitoring: Monitoring?
    /// `alerts`: the team's own rules.
    public let alerts: [AlertRule]
    /// `objectives`: what the app promises.
    public let objectives: [Objective]
    /// The files that it was read from: its own, and all that it includes or imports.
    public let sources: [String]

    /// The RegisterTaskDefinition request of a one-off task: `app`, the containers named here, and all that these need by `links`, `depends_on`
    /// and `volumes_from`.
    ///
    /// - Throws: ``UnknownContainer``.
    public func oneshot(containers: [String]) throws -> JSON {
        let all = JSONObject(
            taskDefinition["containerDefinitions"].array.map { ($0["name"].string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        var chosen = OrderedSet(["app"] + containers)
        var position = 0
        while position < chosen.count {
            let name = chosen[position]
            position += 1
            guard let container = all[name] else { throw UnknownContainer(name: name, known: Array(all.keys)) }
            chosen.append(contentsOf: ContainerReferences.names(in: container))
        }
        var request = taskDefinition
        request["family"] = .string("\(appID)-oneshot")
        request["containerDefinitions"] = .array(chosen.compactMap { all[$0] })
        return request
    }

    /// The name of the file at `path` without its last extension.
    public static func appID(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return String(name) }
        return String(name[..<dot])
    }
}

/// A container that the definition does not have.
public struct UnknownContainer: Error, Sendable, Hashable, CustomStringConvertible {
    public let name: String
    public let known: [String]

    public var description: String {
        let hint = Naming.nearest(to: name, among: known).map { ", did you mean \($0)?" } ?? ", only \(known.joined(separator: ", "))"
        return "the definition has no container \(name)\(hint)"
    }
}

/// The other containers that a container needs.
enum ContainerReferences {
    /// Names in `links`, `dependsOn` and `volumesFrom` of a container definition, in this order.
    static func names(in container: JSON) -> [String] {
        container["links"].strings.map(linked) + container["dependsOn"].array.compactMap { $0["containerName"].string }
            + container["volumesFrom"].array.compactMap { $0["sourceContainer"].string }
    }

    /// `name` of `name` or `name:alias`.
    static func linked(_ link: String) -> String {
        String(link.prefix { $0 != ":" })
    }
}
