public import ServiceModel

/// The rights of a project's role: all that its tag can scope, in the services that the project uses, and nothing else.
public struct ProjectPolicy: Sendable {
    /// What the policy leaves out, because no condition on tags would hold.
    public struct Ignored: Sendable, Hashable {
        public let service: String
        public let actions: [String]
        public let reason: String
    }

    /// Characters that a managed policy may have, blanks not counted.
    public static let maximumSize = 6144
    /// Services whose rights are other rights: with one of these, a role can give itself anything.
    static let refused = ["iam", "sts", "organizations", "account", "sso", "sso-directory", "identitystore", "ram"]

    public let rule: TagRule
    public let services: [String]
    public private(set) var statements: [JSON] = []
    public private(set) var ignored: [Ignored] = []

    /// - Parameter services: prefixes of actions, such as `sqs`.
    public init(rule: TagRule, services: [String]) throws(TerraformError) {
        self.rule = rule
        let facts = IAMFacts()
        self.services = Set(services).sorted()
        guard !self.services.isEmpty else { throw TerraformError("no service was named: give --service sqs, or --plan with a plan of the project") }
        var chosen: [IAMFacts.Service] = []
        for service in self.services {
            guard !Self.refused.contains(service) else {
                throw TerraformError(
                    "\(service) is left out on purpose: with it a role could give itself any right. Let another role make roles, or write a permissions boundary by hand"
                )
            }
            guard let found = facts.services[service] else {
                throw TerraformError(
                    "the service \(service) is not in the table of facts; it has: \(facts.services.keys.sorted().joined(separator: ", "))")
            }
            chosen.append(found)
        }
        build(chosen)
    }

    /// The services of a plan's resources, and the types that belong to none that is known.
    public static func services(of file: PlanFile) throws(TerraformError) -> (services: [String], others: [String]) {
        let facts = IAMFacts()
        var services: Set<String> = []
        var others: Set<String> = []
        _ = try PlanReader(file: file).read { change, _ throws(TerraformError) in
            guard change.isManaged, change.provider == "aws" else { return }
            if let service = IAMFacts.service(of: change.type), facts.services[service] != nil {
                services.insert(service)
            } else {
                others.insert(change.type)
            }
        }
        return (services.sorted(), others.sorted())
    }

    private mutating func build(_ services: [IAMFacts.Service]) {
        func actions(_ path: KeyPath<IAMFacts.Service, [String]>) -> [String] {
            services.flatMap { one in one[keyPath: path].map { "\(one.prefix):\($0)" } }
        }
        let everything = services.map { "\($0.prefix):*" }
        let resourceTag = "aws:ResourceTag/\(rule.key)"
        let requestTag = "aws:RequestTag/\(rule.key)"
        allow("SeeWhatNoTagScopes", actions(\.see))
        allow("UseWhatIsTagged", everything, condition: ["StringEquals": .object([resourceTag: .string(rule.value)])])
        allow("MakeWithTheTag", actions(\.make), condition: ["StringEquals": .object([requestTag: .string(rule.value)])])
        for (number, use) in services.flatMap({ one in one.uses.map { (one.prefix, $0) } }).enumerated() {
            allow("UseForMaking\(number + 1)", use.1.actions.map { "\(use.0):\($0)" }, resources: use.1.resources)
        }
        for service in services where !service.born.isEmpty {
            allow(
                "TagNew\(Self.word(service.prefix))", service.born.map { "\(service.prefix):\($0)" },
                condition: [
                    "StringEquals": .object([requestTag: .string(rule.value)]), "Null": .object(["\(service.prefix):CreateAction": "false"]),
                ])
        }
        let late = services.filter(\.born.isEmpty).flatMap { one in one.tag.map { "\(one.prefix):\($0)" } }
        allow(
            "TagWhatHasNoOwner", late,
            condition: [
                "StringEquals": .object([requestTag: .string(rule.value)]), "StringEqualsIfExists": .object([resourceTag: .string(rule.value)]),
            ])
        // Condition keys do not tell capitals apart, so neither does the guard.
        let aboutTheKey: JSON = .object(["aws:TagKeys": .array([.string(rule.key)])])
        deny(
            "NeverAnotherProject", everything,
            condition: ["ForAnyValue:StringEqualsIgnoreCase": aboutTheKey, "StringNotEquals": .object([requestTag: .string(rule.value)])])
        deny("NeverWithoutProject", actions(\.untag), condition: ["ForAnyValue:StringEqualsIgnoreCase": aboutTheKey])
        for service in services {
            if !service.ignore.isEmpty {
                ignored.append(Ignored(service: service.prefix, actions: service.ignore, reason: "no condition on tags is documented for them"))
            }
            if !service.blind.isEmpty {
                ignored.append(
                    Ignored(
                        service: service.prefix, actions: service.blind,
                        reason: "they tag, and what they tag cannot be told by its tag: other projects' resources would be open"))
            }
        }
    }

    private static func word(_ prefix: String) -> String {
        let word = prefix.filter { $0.isLetter || $0.isNumber }
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private mutating func allow(_ id: String, _ actions: [String], resources: [String] = ["*"], condition: JSONObject = [:]) {
        add("Allow", id, actions, resources, condition)
    }

    private mutating func deny(_ id: String, _ actions: [String], condition: JSONObject) { add("Deny", id, actions, ["*"], condition) }

    /// Long lists become several statements, so that ``parts()`` can spread them.
    private mutating func add(_ effect: String, _ id: String, _ actions: [String], _ resources: [String], _ condition: JSONObject) {
        let chunks = stride(from: 0, to: actions.count, by: 60).map { Array(actions[$0..<min($0 + 60, actions.count)]) }
        for (number, chunk) in chunks.enumerated() {
            var statement: JSONObject = [
                "Sid": .string(number == 0 ? id : "\(id)Part\(number + 1)"), "Effect": .string(effect), "Action": JSON(chunk),
                "Resource": JSON(resources),
            ]
            if !condition.isEmpty { statement["Condition"] = .object(condition) }
            statements.append(.object(statement))
        }
    }

    /// The whole policy.
    public var document: JSON { Self.document(statements) }

    private static func document(_ statements: [JSON]) -> JSON { .object(["Version": "2012-10-17", "Statement": .array(statements)]) }

    /// Its size as IAM counts it.
    public var size: Int { Self.size(document) }

    static func size(_ document: JSON) -> Int { document.text.count { !$0.isWhitespace } }

    /// The policy in parts that each fit into a managed policy; all of them belong to the role, the denials with any of them.
    public var parts: [JSON] {
        var parts: [[JSON]] = []
        for statement in statements {
            if let last = parts.indices.last, Self.size(Self.document(parts[last] + [statement])) <= Self.maximumSize {
                parts[last].append(statement)
            } else {
                parts.append([statement])
            }
        }
        return parts.map(Self.document)
    }

    /// Policy and what it leaves out, as data.
    public var json: JSON {
        .object([
            "policy": document, "size": .integer(size), "services": JSON(services),
            "ignored": .array(
                ignored.map { .object(["service": .string($0.service), "actions": JSON($0.actions), "reason": .string($0.reason)]) }),
        ])
    }
}
