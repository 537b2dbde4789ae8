import Foundation

/// What a client needs to know before its first call.
public struct AWSConfiguration: Sendable {
    /// Without one, calls fail with an error that says where to set it: there is no default.
    public var region: String?
    public var credentials: CredentialChain
    public var endpoints: Endpoints
    public var retry = RetryPolicy()
    public var timeouts = AWSTimeouts()
    /// A PEM file to trust instead of the system's authorities (`AWS_CA_BUNDLE`).
    public var certificateAuthorities: String?
    /// For messages.
    var profile = "default"
    var now: @Sendable () -> Date = { Date() }

    /// - Parameter endpoint: one URL for all services; nil for AWS's own.
    public init(region: String?, credentials: CredentialChain, endpoint: String? = nil) {
        self.region = region
        self.credentials = credentials
        endpoints = Endpoints(explicit: endpoint)
    }

    /// Reads the settings that AWS's tools share: arguments first, then the environment, then the profile.
    ///
    /// - Parameters:
    ///   - profile: comes before the environment's keys.
    ///   - endpoint: comes before every other endpoint.
    /// - Throws: ``AWSError`` of kind configuration, when a file cannot be read or the profile that was named does not exist.
    public static func resolve(
        environment: [String: String], profile: String? = nil, region: String? = nil, endpoint: String? = nil
    ) throws(AWSError) -> AWSConfiguration {
        func variable(_ names: String...) -> String? { names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } }
        let shared = try SharedConfiguration(environment: environment)
        let named = profile ?? variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
        guard let chosen = shared.profiles[named ?? "default"] ?? (named == nil ? Profile(name: "default") : nil) else {
            let known = shared.profiles.keys.sorted().joined(separator: ", ")
            throw AWSError(
                kind: .configuration,
                message: "the profile \"\(named ?? "")\" is neither in \(shared.files.joined(separator: " nor in ")), which have: "
                    + (known.isEmpty ? "none" : known))
        }
        let chain = CredentialChain(environment: environment, profile: chosen, isProfileExplicit: profile != nil, shared: shared)
        var configuration = AWSConfiguration(
            region: region ?? variable("AWS_REGION", "AWS_DEFAULT_REGION") ?? chosen.settings["region"], credentials: chain)
        configuration.endpoints = Endpoints(explicit: endpoint, environment: environment, profile: chosen, shared: shared)
        configuration.certificateAuthorities = variable("AWS_CA_BUNDLE") ?? chosen.settings["ca_bundle"]
        configuration.profile = chosen.name
        if let attempts = variable("AWS_MAX_ATTEMPTS") ?? chosen.settings["max_attempts"] {
            guard let number = Int(attempts), number > 0 else {
                throw AWSError(kind: .configuration, message: "AWS_MAX_ATTEMPTS or max_attempts is no number above 0: \"\(attempts)\"")
            }
            configuration.retry.attempts = number
        }
        return configuration
    }
}

/// How long a client waits.
public struct AWSTimeouts: Sendable, Hashable {
    /// For a connection.
    public var connect: Duration = .seconds(5)
    /// For one attempt, from connecting to the last byte of the answer.
    public var answer: Duration = .seconds(30)

    public init() {}
}
