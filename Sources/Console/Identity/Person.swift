import Definitions
import ServiceModel

/// Somebody who signed in, as sessions and tokens remember them.
struct Person: Sendable, Hashable {
    /// Names them for ever: the provider and its name for them.
    let subject: String
    /// As pages and the audit log name them.
    let name: String
    let role: Role
    /// The teams that they develop for.
    var teams: Set<String> = []
    /// They sign overrides of the deploy gate for the business.
    var isBusiness = false

    /// Whoever can read what the server wrote when it started.
    static let starter = Person(subject: "link", name: "whoever started jubako", role: .admin)

    var json: JSON {
        .compact([
            "subject": .string(subject), "name": .string(name), "role": .string(role.rawValue), "teams": JSON(teams.sorted()),
            "business": isBusiness ? true : .null,
        ])
    }
}

extension Person {
    init?(_ json: JSON) {
        guard let subject = json["subject"].string, let name = json["name"].string, let role = json["role"].string.flatMap(Role.init) else {
            return nil
        }
        self.init(subject: subject, name: name, role: role, teams: Set(json["teams"].strings), isBusiness: json["business"].bool ?? false)
    }

    /// What a provider's groups mean here.
    ///
    /// - Returns: nil for somebody who may not even read.
    init?(subject: String, name: String, groups: Set<String>, in organization: Organization) {
        guard let signIn = organization.signIn else { return nil }
        let teams = organization.teams.filter { !groups.isDisjoint(with: $0.value.groups) }.keys
        var roles = signIn.roles.filter { !groups.isDisjoint(with: $0.value) }.keys.compactMap(Role.init)
        if !teams.isEmpty { roles.append(.developer) }
        if signIn.roles["viewer"] == nil { roles.append(.viewer) }
        guard let role = roles.max() else { return nil }
        self.init(
            subject: subject, name: name, role: role, teams: Set(teams), isBusiness: !groups.isDisjoint(with: organization.businessGroups))
    }
}
