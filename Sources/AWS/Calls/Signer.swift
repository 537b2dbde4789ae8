import Foundation

/// In whose name a request is made.
enum Signer: Sendable {
    case credentials(Credentials)
    case rotating(RotatingCredentials)
    /// Without a signature: AssumeRoleWithWebIdentity, where the token speaks for itself.
    case nobody

    func credentials() async throws(CredentialFailure) -> Credentials? {
        switch self {
        case .credentials(let credentials): credentials
        case .rotating(let rotating): try await rotating.credentials()
        case .nobody: nil
        }
    }
}

extension WireRequest {
    /// The request with the headers that Signature Version 4 adds.
    func signed(with credentials: Credentials, region: String, service: String, at date: Date) -> WireRequest {
        var signed = self
        let signature = SigV4(region: region, service: service, date: AWSDate.basic(date))
        signed.headers.append(("X-Amz-Date", signature.date))
        if let token = credentials.sessionToken { signed.headers.append(("X-Amz-Security-Token", token)) }
        let covered = SigV4.Request(method: method, path: fullPath, headers: signed.headers, body: body)
        let authorization = signature.authorization(
            covered, accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey)
        signed.headers.append(("Authorization", authorization))
        return signed
    }
}
