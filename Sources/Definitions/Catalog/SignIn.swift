import ServiceModel

extension Organization {
    /// How people sign in: at any OpenID Connect provider, whose groups say what they may do.
    public struct SignIn: Sendable, Hashable {
        /// The roles, from the least to the most.
        public static let roleNames = ["viewer", "developer", "sre", "admin"]
        public static let standardScopes = ["openid", "profile", "email"]

        /// The provider, exactly as its tokens name it.
        public var issuer: String
        public var clientID: String
        /// Where browsers reach the server, without a slash at the end.
        public var url: String
        /// The claim that lists the groups of somebody.
        public var groupsClaim: String
        public var scopes: [String]
        /// The groups whose members have a role, by the role's name. Without `viewer` everybody whom the provider lets in may read.
        public var roles: [String: [String]]

        public init(
            issuer: String, clientID: String, url: String, groupsClaim: String = "groups", scopes: [String] = standardScopes,
            roles: [String: [String]] = [:]
        ) {
            self.issuer = issuer
            self.clientID = clientID
            self.url = url
            self.groupsClaim = groupsClaim
            self.scopes = scopes
            self.roles = roles
        }

        /// Whether secrets may be sent to `url`: over TLS, or without leaving this machine.
        public static func isSafe(_ url: String) -> Bool {
            if url.wholeMatch(of: /https:\/\/[^\s\/?#@]+(\/[^\s?#]*)?/) != nil { return true }
            return url.wholeMatch(of: /http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/[^\s?#]*)?/) != nil
        }
    }
}

extension OrganizationBuilder {
    mutating func signIn(_ value: JSON) -> Organization.SignIn {
        func path(_ key: String) -> DocumentPath { [.key("sign_in"), .key(key)] }
        for key in ["issuer", "url"] {
            guard let url = value[key].string, !Organization.SignIn.isSafe(url) else { continue }
            note("\(key) must be an address that starts with https:// (http:// on this machine only), without ? and #", at: path(key))
        }
        for key in ["client_id", "groups_claim"] where value[key].string?.isEmpty ?? false { note("\(key) must not be empty", at: path(key)) }
        let url = value["url"].string ?? ""
        if let address = url.wholeMatch(of: /(https?:\/\/[^\/]+)(\/.+)/) {
            note("url must be the server's address without a path: write \(address.1)", at: path("url"))
        }
        for role in value["roles"].object.keys where !Organization.SignIn.roleNames.contains(role) {
            let known = Organization.SignIn.roleNames
            let hint = Naming.nearest(to: role, among: known).map { ", did you mean \($0)?" } ?? ": there are \(known.joined(separator: ", "))"
            note("no role is called \(role)\(hint)", at: path("roles") + [.key(role)], isAboutKey: true)
        }
        var scopes = value["scopes"].isNull ? Organization.SignIn.standardScopes : value["scopes"].strings
        if !scopes.contains("openid") { scopes.insert("openid", at: 0) }
        return Organization.SignIn(
            issuer: value["issuer"].string ?? "", clientID: value["client_id"].string ?? "", url: url.hasSuffix("/") ? String(url.dropLast()) : url,
            groupsClaim: value["groups_claim"].string ?? "groups", scopes: scopes,
            roles: value["roles"].object.reduce(into: [:]) { $0[$1.key] = $1.value.strings })
    }
}
