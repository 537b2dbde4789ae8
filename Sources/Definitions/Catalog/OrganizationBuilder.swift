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
            map Environments Environment
            structure Environment
             region string
             cluster string
             endpoint_url string
            map Teams Team
            structure Team
             channel string
             groups StringList
            structure SignIn
             issuer string!
             client_id string!
             url string!
             groups_claim string
             scopes StringList
             roles Groups
            map Groups StringList
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
                region: value["region"].string, cluster: value["cluster"].string ?? "default", endpointURL: value["endpoint_url"].string)
            checkURL(value["endpoint_url"].string, "endpoint_url", at: [.key("environments"), .key(name), .key("endpoint_url")])
        }
        for (name, value) in checked["teams"].object {
            checkName(name, "a team", at: [.key("teams"), .key(name)])
            organization.teams[name] = .init(channel: value["channel"].string, groups: value["groups"].strings)
            checkChannel(value["channel"].string, at: [.key("teams"), .key(name), .key("channel")])
        }
        if case .object = checked["sign_in"] { organization.signIn = signIn(checked["sign_in"]) }
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
