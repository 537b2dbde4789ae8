import Logging

/// The sources of credentials in the order in which they are asked. The first that is set up decides.
public struct CredentialChain: Sendable {
    struct Link: Sendable, Hashable {
        let name: String
        let source: CredentialSource
    }

    let links: [Link]

    init(links: [Link]) {
        self.links = links
    }

    /// Keys that are known already.
    public static func fixed(_ credentials: Credentials) -> CredentialChain {
        CredentialChain(links: [Link(name: "given", source: .fixed(credentials))])
    }

    /// The chain that AWS's tools share. A profile that is named by argument comes before the environment's keys.
    init(environment: [String: String], profile: Profile, isProfileExplicit: Bool, shared: SharedConfiguration) {
        let fromProfile = Link(
            name: "profile \"\(profile.name)\"", source: CredentialSource(profile: profile, environment: environment, shared: shared))
        let fromEnvironment = [
            Link(name: "environment", source: .keys(in: environment)),
            Link(name: "web identity", source: .webIdentity(in: environment)),
        ]
        links =
            (isProfileExplicit ? [fromProfile] : fromEnvironment + [fromProfile]) + [
                Link(name: "container", source: .container(in: environment)),
                Link(name: "instance", source: .instance(in: environment)),
            ]
    }

    func credentials(_ context: CredentialContext) async throws(CredentialFailure) -> Credentials {
        var absences: [String] = []
        for link in links {
            do throws(CredentialFailure) {
                let credentials = try await link.source.credentials(context)
                context.logger.debug("AWS credentials found", metadata: ["source": "\(link.name)", "key": "\(credentials.accessKeyID)"])
                return credentials
            } catch .absent(let reason) {
                absences.append("\(link.name) (\(reason))")
            } catch .refused(let reason) {
                throw .refused("the credentials from \(link.name) cannot be used: \(reason)")
            }
        }
        throw .absent("no AWS credentials found, tried in this order: \(absences.joined(separator: ", "))")
    }
}

extension CredentialSource {
    /// The keys of the environment.
    static func keys(in environment: [String: String]) -> CredentialSource {
        let id = environment["AWS_ACCESS_KEY_ID"] ?? ""
        let secret = environment["AWS_SECRET_ACCESS_KEY"] ?? ""
        switch (id.isEmpty, secret.isEmpty) {
        case (true, true): return .absent("AWS_ACCESS_KEY_ID is not set")
        case (true, false): return .broken("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not")
        case (false, true): return .broken("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not")
        case (false, false):
            let token = environment["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
            return .fixed(Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
        }
    }

    /// The role that a Kubernetes or CI token stands for.
    static func webIdentity(in environment: [String: String]) -> CredentialSource {
        guard let file = environment["AWS_WEB_IDENTITY_TOKEN_FILE"], !file.isEmpty else { return .absent("AWS_WEB_IDENTITY_TOKEN_FILE is not set") }
        guard let role = environment["AWS_ROLE_ARN"], !role.isEmpty else {
            return .broken("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not")
        }
        return .webIdentity(WebIdentity(roleARN: role, sessionName: environment["AWS_ROLE_SESSION_NAME"], tokenFile: file))
    }
}
