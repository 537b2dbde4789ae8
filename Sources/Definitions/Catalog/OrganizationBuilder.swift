import PrometheusText
import ServiceModel

/// Checks `jubako.yml` and makes an ``Organization`` of it.
struct OrganizationBuilder {
    private let spelling: (DocumentPath) -> String?
    private(set) var problems: [Problem] = []

    init(spelling: @escaping (DocumentPath) -> String?) { self.spelling = spelling }

    static let model = ServiceModel.ecs.extended(
        by: """
            structure Organization
             environments Environments
             teams Teams
             alerting Alerting
             sign_in SignIn
             gate OrganizationGate
             terraform Terraform
            structure Terraform
             root string
             tag string
             abandoned ProjectNames
             program string
             limits TerraformLimits
            list ProjectNames string
            structure TerraformLimits
             destroy integer
             replace integer
            map Environments Environment
            structure Environment
             region string
             cluster string
             endpoint_url string
             gate Gate
            map Teams Team
            structure Team
             channel string
             groups StringList
             gate Gate
            structure SignIn
             issuer string!
             client_id string!
             url string!
             groups_claim string
             scopes StringList
             roles Groups
            map Groups StringList
            enum GateUnreachable proceed refuse
            structure Gate
             amber double
             red double
             fixes StringList
             unreachable GateUnreachable
             dry_run boolean
            structure OrganizationGate
             amber double
             red double
             fixes StringList
             unreachable GateUnreachable
             dry_run boolean
             business StringList
            structure Alerting
             channel string
             runbooks string
             thresholds Thresholds
            map Thresholds double
            """)

    mutating func note(_ message: String, at path: DocumentPath, isAboutKey: Bool = false) {
        problems.append(Problem(message, at: path, isAboutKey: isAboutKey))
    }

    mutating func build(_ document: JSON) -> Organization {
        guard case .object = document else {
            note("jubako.yml must be a map, not \(document.kindName)", at: [])
            return Organization()
        }
        var document = document
        // a name with nothing behind it is one without settings
        for group in ["environments", "teams"] {
            for (name, value) in document[group].object where value.isNull { document[group][name] = .object([:]) }
        }
        if !document["sign_in"]["client_secret"].isNull {
            note(
                "client_secret does not belong in a file that many read: put it into the variable JUBAKO_OIDC_CLIENT_SECRET of the server",
                at: [.key("sign_in"), .key("client_secret")], isAboutKey: true)
            document["sign_in"]["client_secret"] = .null
        }
        var checker = Checker(model: Self.model, style: .definition, spelling: spelling)
        let checked = checker.check(document, as: "Organization")
        problems += checker.problems
        var organization = Organization()
        for (name, value) in checked["environments"].object {
            checkName(name, "an environment", at: [.key("environments"), .key(name)])
            organization.environments[name] = .init(
                region: value["region"].string, cluster: value["cluster"].string ?? "default", endpointURL: value["endpoint_url"].string,
                gate: gate(value["gate"], at: [.key("environments"), .key(name), .key("gate")]))
            checkURL(value["endpoint_url"].string, "endpoint_url", at: [.key("environments"), .key(name), .key("endpoint_url")])
        }
        for (name, value) in checked["teams"].object {
            checkName(name, "a team", at: [.key("teams"), .key(name)])
            organization.teams[name] = .init(
                channel: value["channel"].string, groups: value["groups"].strings,
                gate: gate(value["gate"], at: [.key("teams"), .key(name), .key("gate")]))
            checkChannel(value["channel"].string, at: [.key("teams"), .key(name), .key("channel")])
        }
        if case .object = checked["sign_in"] { organization.signIn = signIn(checked["sign_in"]) }
        organization.gate = organization.gate.changed(by: gate(checked["gate"], at: [.key("gate")]))
        organization.businessGroups = checked["gate"]["business"].strings
        checkGates(organization)
        let terraform = checked["terraform"]
        organization.terraform = .init(
            root: terraform["root"].string ?? "terraform", tag: terraform["tag"].string ?? "Project", abandoned: terraform["abandoned"].strings,
            program: terraform["program"].string)
        for (key, limit) in terraform["limits"].object {
            guard let limit = limit.int else { continue }
            if limit < 0 {
                note("\(key) is how many resources may go without a word, at least 0", at: [.key("terraform"), .key("limits"), .key(key)])
            }
            if key == "destroy" { organization.terraform.destroyLimit = limit } else { organization.terraform.replaceLimit = limit }
        }
        let alerting = checked["alerting"]
        organization.sreChannel = alerting["channel"].string
        checkChannel(organization.sreChannel, at: [.key("alerting"), .key("channel")])
        organization.runbooks = alerting["runbooks"].string
        checkURL(organization.runbooks, "runbooks", at: [.key("alerting"), .key("runbooks")])
        for (name, value) in alerting["thresholds"].object {
            guard let number = value.double else { continue }
            let path: DocumentPath = [.key("alerting"), .key("thresholds"), .key(name)]
            if name.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil {
                note("a threshold's name has small letters, digits and _ only", at: path, isAboutKey: true)
            } else if let objection = Threshold.objection(to: number, for: name) {
                note("\(name) \(objection)", at: path)
            }
            organization.thresholds[name] = number
        }
        return organization
    }

    private mutating func gate(_ value: JSON, at path: DocumentPath) -> GatePolicy.Change? {
        guard !value.isNull else { return nil }
        for key in ["amber", "red"] {
            guard let percent = value[key].double, !(-1_000...100).contains(percent) else { continue }
            note("\(key) is what is left of a budget, in percent, at most 100", at: path + [.key(key)])
        }
        return GatePolicy.Change(
            amber: value["amber"].double, red: value["red"].double, fixes: value["fixes"].isNull ? nil : Set(value["fixes"].strings),
            unreachable: value["unreachable"].string.flatMap(GatePolicy.Unreachable.init), isDryRun: value["dry_run"].bool)
    }

    /// Amber comes before red, also where a team and an environment have changed one of them each.
    private mutating func checkGates(_ organization: Organization) {
        let all: [(DocumentPath, GatePolicy.Change?)] =
            [([.key("gate")], GatePolicy.Change())] + organization.teams.map { ([.key("teams"), .key($0.key), .key("gate")], $0.value.gate) }
            + organization.environments.map { ([.key("environments"), .key($0.key), .key("gate")], $0.value.gate) }
        for (path, change) in all {
            // what a team leaves as it is, is told where it was written
            guard let change, path.count == 1 || change.amber != nil || change.red != nil else { continue }
            let policy = organization.gate.changed(by: change)
            if policy.red > policy.amber {
                note(
                    "red (\(Exposition.number(policy.red)) % left) comes before amber (\(Exposition.number(policy.amber)) % left): nobody would be warned",
                    at: path, isAboutKey: true)
            }
        }
    }

    private mutating func checkName(_ name: String, _ what: String, at path: DocumentPath) {
        guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9_-]*/) == nil else { return }
        note("\(what)'s name has letters, digits, - and _ only", at: path, isAboutKey: true)
    }

    private mutating func checkChannel(_ channel: String?, at path: DocumentPath) {
        guard let channel, !WatchingNames.isChannel(channel) else { return }
        note("channel must be a channel's name as '#sre', in small letters, or its id as C0123456789", at: path)
    }

    private mutating func checkURL(_ url: String?, _ key: String, at path: DocumentPath) {
        guard let url, url.wholeMatch(of: /https?:\/\/[^\s\/]+\S*/) == nil else { return }
        note("\(key) must be an address that starts with http:// or https://", at: path)
    }
}
