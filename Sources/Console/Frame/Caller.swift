import Foundation

/// What somebody may do at most.
enum Role: String, Sendable, CaseIterable, Comparable {
    case viewer, developer, sre, admin

    static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .developer: 1
        case .sre: 2
        case .admin: 3
        }
    }
}

/// Who asks.
struct Caller: Sendable, Hashable {
    /// How they showed who they are.
    enum Proof: Sendable, Hashable {
        /// Not at all.
        case none
        /// A browser session that began with a sign-in.
        case session(id: String)
        /// An API token.
        case token(id: String)
        /// The server's own token: Prometheus, Alertmanager, the command line of this machine.
        case machine
    }

    var proof: Proof
    /// As the audit log names them: an e-mail address, a token's name.
    var name: String
    /// Their own name, where ``name`` is that of their token.
    var person: String?
    /// Nil for somebody who may not even read.
    var role: Role?
    /// The teams whose apps a developer may change.
    var teams: Set<String> = []
    /// The apps that a token is limited to; nil for no limit.
    var apps: Set<String>?
    /// What every form of this session carries; nil without a session.
    var formToken: String?
    /// Whose sessions and tokens they see; nil for nobody.
    var subject: String?
    /// When the person behind this proved to a provider who they are; nil where none did.
    var signedInAt: Date?
    /// They sign overrides of the deploy gate for the business.
    var isBusiness = false

    var isSignedIn: Bool { proof != .none }

    /// Somebody who showed nothing.
    ///
    /// - Parameter mayRead: true on a server without sign-in that only this machine reaches.
    static func anonymous(mayRead: Bool) -> Caller { Caller(proof: .none, name: "anonymous", role: mayRead ? .viewer : nil) }

    static let machine = Caller(proof: .machine, name: "server token", role: .admin, subject: "machine")
}
