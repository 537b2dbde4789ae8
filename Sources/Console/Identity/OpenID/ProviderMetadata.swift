import Definitions
import ServiceModel

/// What a provider says about itself at `/.well-known/openid-configuration`.
struct ProviderMetadata: Sendable, Hashable {
    let issuer: String
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let keysURL: String
    let userInfoEndpoint: String?
    /// Its answers carry `iss` (RFC 9207): one without it is another provider's.
    let namesItself: Bool
    /// It takes the client's secret in the body only.
    let wantsSecretInBody: Bool
    /// The algorithm of keys that name none.
    let algorithm: String

    /// - Throws: ``SignInProblem/misconfigured(_:)``.
    init(_ json: JSON, issuer: String) throws(SignInProblem) {
        guard json["issuer"].string == issuer else {
            throw .misconfigured("the provider calls itself \((json["issuer"].string ?? "nothing").prefix(200)), and sign_in.issuer is \(issuer)")
        }
        func address(_ key: String) throws(SignInProblem) -> String {
            guard let url = json[key].string, Organization.SignIn.isSafe(url.prefix { $0 != "?" }.description) else {
                throw .misconfigured("the provider's \(key) is missing, or no https:// address")
            }
            return url
        }
        self.issuer = issuer
        authorizationEndpoint = try address("authorization_endpoint")
        tokenEndpoint = try address("token_endpoint")
        keysURL = try address("jwks_uri")
        userInfoEndpoint = json["userinfo_endpoint"].isNull ? nil : try address("userinfo_endpoint")
        namesItself = json["authorization_response_iss_parameter_supported"].bool ?? false
        let methods = json["token_endpoint_auth_methods_supported"].strings
        wantsSecretInBody = !methods.isEmpty && !methods.contains("client_secret_basic") && methods.contains("client_secret_post")
        let challenges = json["code_challenge_methods_supported"]
        guard challenges.isNull || challenges.strings.contains("S256") else { throw .misconfigured("the provider knows no PKCE with S256") }
        let algorithms = json["id_token_signing_alg_values_supported"].strings.filter(KeyRing.algorithms.contains)
        algorithm = algorithms.contains("RS256") ? "RS256" : algorithms.first ?? "RS256"
    }
}
