import Definitions
import Hummingbird
import Logging
import ServiceLifecycle
import Store

/// All of signing in, put together: sessions, tokens, the provider, and who is let in.
struct Identity: Sendable {
    let sessions: Sessions
    let tokens: APITokens
    let gatekeeper: SessionGatekeeper
    let endpoints: [Endpoint]
    let services: [any Service]

    init(
        store: any Store, token: AccessToken, organization: Organization, settings: ServerSettings, audit: any AuditRecorder, logger: Logger
    ) {
        let sessions = Sessions(store: store)
        let tokens = APITokens(store: store)
        let address = organization.signIn?.url ?? settings.url
        var openID: OpenIDSignIn?
        if let signIn = organization.signIn {
            let provider = Provider(
                .init(issuer: signIn.issuer, clientID: signIn.clientID, secret: settings.clientSecret, groupsClaim: signIn.groupsClaim))
            openID = OpenIDSignIn(
                provider: provider, settings: signIn, catalog: settings.catalog, sessions: sessions, store: store, audit: audit, logger: logger)
        }
        self.sessions = sessions
        self.tokens = tokens
        gatekeeper = SessionGatekeeper(token: token, sessions: sessions, tokens: tokens, signIn: organization.signIn, logger: logger)
        endpoints =
            SignIn(sessions: sessions, url: address, provider: openID, audit: audit).endpoints + AccountPage(sessions: sessions).endpoints
            + TokenPages(tokens: tokens, catalog: settings.catalog).endpoints + DeviceSignIn(store: store, tokens: tokens, url: address).endpoints
        services = openID.map { [$0.provider] } ?? []
    }
}
