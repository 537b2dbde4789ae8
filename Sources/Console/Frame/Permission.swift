/// What an endpoint asks of its caller. Every endpoint names one; this is the only place that decides.
enum Permission: String, Sendable, CaseIterable {
    /// Anybody: the sign-in itself, health, style sheets.
    case open
    /// Whoever may see the console.
    case read
    /// The developers of the app's team, SREs and admins.
    case develop
    /// Whoever may sign an override of the deploy gate for the business, SREs and admins; the endpoint looks closer at what they sign as.
    case sign
    /// Every developer, SREs and admins; the endpoint looks closer at what exactly is changed.
    case contribute
    /// The audit log: SREs and admins see all of it, developers what concerns their teams' apps.
    case review
    /// SREs and admins.
    case operate
    case administer
    /// Everybody who is signed in, about themselves; the server's token about what was made with it.
    case own
    /// Only the server's own token.
    case machine

    enum Verdict: Sendable, Hashable {
        case allowed
        /// Nobody knows who it is: signing in may help.
        case unknownCaller
        /// - Parameter whoCan: in words, as in "developers of kitchen, SREs, admins".
        case denied(whoCan: String)
    }

    /// - Parameters:
    ///   - app: the app that it is about, if any.
    ///   - team: the app's team.
    func verdict(for caller: Caller, app: String? = nil, team: String? = nil) -> Verdict {
        if self == .open { return .allowed }
        guard let role = caller.role else { return .unknownCaller }
        if let app, let apps = caller.apps, !apps.contains(app) { return .denied(whoCan: "a token for \(app)") }
        if caller.apps != nil, app == nil, self != .read, self != .contribute, self != .review {
            return .denied(whoCan: "a token that is not limited to apps")
        }
        let isAllowed =
            switch self {
            case .open, .read: true
            case .develop: caller.isSignedIn && (role >= .sre || role == .developer && team.map(caller.teams.contains) ?? false)
            case .sign: caller.isSignedIn && (role >= .sre || caller.isBusiness)
            case .contribute, .review: caller.isSignedIn && role >= .developer
            case .operate: caller.isSignedIn && role >= .sre
            case .administer: caller.isSignedIn && role == .admin
            case .own: caller.isSignedIn
            case .machine: caller.proof == .machine
            }
        if isAllowed { return .allowed }
        return caller.isSignedIn ? .denied(whoCan: whoCan(team: team)) : .unknownCaller
    }

    private func whoCan(team: String?) -> String {
        switch self {
        case .open, .read, .own: "everybody who is signed in"
        case .develop: team.map { "developers of \($0), SREs, admins" } ?? "SREs, admins"
        case .sign: "members of the groups of gate.business in jubako.yml, SREs, admins"
        case .contribute, .review: "developers, SREs, admins"
        case .operate: "SREs, admins"
        case .administer: "admins"
        case .machine: "the server's own token"
        }
    }
}
