import Foundation
import ServiceModel

/// A role that other credentials may take on (STS AssumeRole).
struct AssumedRole: Sendable, Hashable {
    let roleARN: String
    let sessionName: String?
    let externalID: String?
    /// Seconds.
    let duration: Int?

    func credentials(of source: CredentialSource, _ context: CredentialContext) async throws(CredentialFailure) -> Credentials {
        let own: Credentials
        do throws(CredentialFailure) {
            own = try await source.credentials(context)
        } catch .absent(let reason) {
            throw .refused("the credentials that should assume \(roleARN) are missing: \(reason)")
        }
        let input = JSON.compact([
            "RoleArn": .string(roleARN), "RoleSessionName": .string(sessionName ?? defaultSessionName(context.now())),
            "DurationSeconds": JSON(duration), "ExternalId": JSON(externalID),
        ])
        return try await assume("AssumeRole", input, as: .credentials(own), roleARN, context)
    }
}

/// A role that the holder of a token may take on (STS AssumeRoleWithWebIdentity).
struct WebIdentity: Sendable, Hashable {
    let roleARN: String
    let sessionName: String?
    let tokenFile: String

    func credentials(_ context: CredentialContext) async throws(CredentialFailure) -> Credentials {
        // Read anew each time: whoever issues tokens replaces the file.
        guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
            throw .refused("the token file \(tokenFile) cannot be read")
        }
        let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty else { throw .refused("the token file \(tokenFile) is empty") }
        let name = sessionName.flatMap { $0.isEmpty ? nil : $0 } ?? defaultSessionName(context.now())
        let input: JSON = ["RoleArn": .string(roleARN), "RoleSessionName": .string(name), "WebIdentityToken": .string(token)]
        return try await assume("AssumeRoleWithWebIdentity", input, as: .nobody, roleARN, context)
    }
}

private func defaultSessionName(_ now: Date) -> String { "jubako-\(Int(now.timeIntervalSince1970))" }

private func assume(
    _ operation: String, _ input: JSON, as signer: Signer, _ role: String, _ context: CredentialContext
) async throws(CredentialFailure) -> Credentials {
    let answer: JSON
    do throws(AWSError) {
        answer = try await context.caller.call(.sts, operation, input, as: signer)
    } catch {
        throw error.kind == .cancelled ? .cancelled : .refused("the role \(role) cannot be assumed: \(error)")
    }
    let fields = answer["Credentials"]
    guard let id = fields["AccessKeyId"].string, let secret = fields["SecretAccessKey"].string, let token = fields["SessionToken"].string,
        let expiry = fields["Expiration"].string.flatMap(AWSDate.parseISO8601)
    else { throw .refused("the answer to \(operation) for the role \(role) holds no credentials") }
    return Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token, expiry: expiry)
}
