import ServiceModel

extension RuleAction {
    /// Reads the `Actions` or `DefaultActions` of a request.
    ///
    /// - Throws: ``EngineError`` when it is not exactly one valid action, or names a target group that does not exist.
    init(_ list: JSON, in state: LoadBalancingState) throws(EngineError) {
        guard list.array.count == 1 else {
            throw EngineError(
                code: "InvalidLoadBalancerAction",
                message:
                    "You must specify exactly one action of type 'forward', 'redirect' or 'fixed-response'; others are not supported by the local engine"
            )
        }
        let action = list[0]
        switch action["Type"].string {
        case "forward": self = .forward(try Self.groups(action, in: state))
        case "redirect": self = .redirect(try Redirect(action["RedirectConfig"]))
        case "fixed-response": self = .fixedResponse(try FixedResponse(action["FixedResponseConfig"]))
        case let type: throw .unsupported("Actions of type '\(type ?? "")' are", "InvalidLoadBalancerAction")
        }
    }

    private static func groups(_ action: JSON, in state: LoadBalancingState) throws(EngineError) -> [WeightedGroup] {
        let config = action["ForwardConfig"]
        guard config["TargetGroupStickinessConfig"]["Enabled"].bool != true else { throw .unsupported("Target group stickiness of an action is") }
        var groups: [WeightedGroup] = []
        for each in config["TargetGroups"].array {
            let weight = each["Weight"].int ?? 1
            guard (0...999).contains(weight) else { throw .validation("The weight '\(weight)' must be between 0 and 999") }
            groups.append(WeightedGroup(arn: each["TargetGroupArn"].string ?? "", weight: weight))
        }
        if groups.isEmpty, let arn = action["TargetGroupArn"].string { groups = [WeightedGroup(arn: arn, weight: 1)] }
        guard (1...5).contains(groups.count), Set(groups.map(\.arn)).count == groups.count else {
            throw .validation("A forward action must name one to five different target groups")
        }
        for group in groups {
            guard group.arn.contains(":targetgroup/") else { throw .validation("'\(group.arn)' is not a valid target group ARN") }
            guard state.targetGroups[group.arn] != nil else { throw .targetGroupsNotFound(group.arn) }
        }
        return groups
    }

    /// The action as an answer's list shows it.
    var list: JSON {
        switch self {
        case .forward(let groups):
            let shown: [JSON] = groups.map { ["TargetGroupArn": .string($0.arn), "Weight": .integer($0.weight)] }
            return [
                .compact([
                    "Type": "forward", "TargetGroupArn": groups.count == 1 ? JSON(groups[0].arn) : .null,
                    "ForwardConfig": ["TargetGroups": .array(shown), "TargetGroupStickinessConfig": ["Enabled": false]],
                ])
            ]
        case .redirect(let redirect):
            return [
                [
                    "Type": "redirect",
                    "RedirectConfig": [
                        "Protocol": .string(redirect.scheme), "Port": .string(redirect.port), "Host": .string(redirect.host),
                        "Path": .string(redirect.path), "Query": .string(redirect.query), "StatusCode": .string("HTTP_\(redirect.status)"),
                    ],
                ]
            ]
        case .fixedResponse(let response):
            return [
                [
                    "Type": "fixed-response",
                    "FixedResponseConfig": .compact([
                        "MessageBody": JSON(response.body), "StatusCode": .string(String(response.status)), "ContentType": JSON(response.contentType),
                    ]),
                ]
            ]
        }
    }
}

extension RuleAction.Redirect {
    fileprivate init(_ config: JSON) throws(EngineError) {
        guard let status = ["HTTP_301": 301, "HTTP_302": 302][config["StatusCode"].string ?? ""] else {
            throw .validation("A redirect action must have the status code 'HTTP_301' or 'HTTP_302'")
        }
        self.init(status: status)
        scheme = config["Protocol"].string ?? scheme
        host = config["Host"].string ?? host
        port = config["Port"].string ?? port
        path = config["Path"].string ?? path
        query = config["Query"].string ?? query
        guard ["HTTP", "HTTPS", "#{protocol}"].contains(scheme) else { throw .validation("The redirect protocol '\(scheme)' is not valid") }
        guard port == "#{port}" || Int(port).map((1...65_535).contains) == true else {
            throw .validation("The redirect port '\(port)' is not valid")
        }
        guard path.hasPrefix("/") else { throw .validation("The redirect path '\(path)' must start with '/'") }
        for part in [host, path, query] {
            guard part.count <= 128, part.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw .validation("'\(part)' must have at most 128 printable ASCII characters without white space")
            }
        }
        guard !host.isEmpty else { throw .validation("The redirect host must not be empty") }
        guard !(scheme == "#{protocol}" && host == "#{host}" && port == "#{port}" && path == "/#{path}" && query == "#{query}") else {
            throw EngineError(
                code: "InvalidLoadBalancerAction", message: "A redirect action must change at least one of protocol, host, port, path and query")
        }
    }
}

extension RuleAction.FixedResponse {
    fileprivate init(_ config: JSON) throws(EngineError) {
        let code = config["StatusCode"].string ?? ""
        guard code.count == 3, let status = Int(code), [2, 4, 5].contains(status / 100) else {
            throw .validation("The fixed response status code '\(code)' must be 2XX, 4XX or 5XX")
        }
        let types = ["text/plain", "text/css", "text/html", "application/javascript", "application/json"]
        if let type = config["ContentType"].string, !types.contains(type) {
            throw .validation("The content type '\(type)' must be one of \(types.joined(separator: ", "))")
        }
        let body = config["MessageBody"].string
        guard body?.count ?? 0 <= 1024, body?.utf8.contains(0) != true else {
            throw .validation("The message body must have at most 1024 characters, NUL not among them")
        }
        self.init(status: status, contentType: config["ContentType"].string, body: body)
    }
}
