import Foundation
import Logging

/// A place where credentials come from, as data: what the settings say, before anything is asked.
indirect enum CredentialSource: Sendable, Hashable {
    case fixed(Credentials)
    case process(CredentialProcess)
    case webIdentity(WebIdentity)
    case role(AssumedRole, from: CredentialSource)
    case container(ContainerCredentials)
    case instance(InstanceCredentials)
    /// Not set up.
    case absent(String)
    /// Set up in a way that cannot work.
    case broken(String)

    /// Asks the source.
    func credentials(_ context: CredentialContext) async throws(CredentialFailure) -> Credentials {
        switch self {
        case .fixed(let credentials): return credentials
        case .process(let process): return try await process.credentials()
        case .webIdentity(let identity): return try await identity.credentials(context)
        case .role(let role, let source): return try await role.credentials(of: source, context)
        case .container(let container): return try await container.credentials(context)
        case .instance(let instance): return try await instance.credentials(context)
        case .absent(let reason): throw .absent(reason)
        case .broken(let reason): throw .refused(reason)
        }
    }
}

/// What sources need to ask others.
struct CredentialContext: Sendable {
    let transport: any Transport
    let caller: ServiceCaller
    let now: @Sendable () -> Date
    let logger: Logger
}
