import Foundation
import Logging

/// The role of an EC2 instance, from its metadata service (IMDSv2).
struct InstanceCredentials: Sendable, Hashable {
    let url: String
    var timeout: Duration = .seconds(1)

    private static let path = "/latest/meta-data/iam/security-credentials/"

    func credentials(_ context: CredentialContext) async throws(CredentialFailure) -> Credentials {
        let endpoint: Endpoint
        do throws(AWSError) {
            endpoint = try Endpoint(url, source: "AWS_EC2_METADATA_SERVICE_ENDPOINT")
        } catch {
            throw .refused(error.message)
        }
        let token = try await ask(
            WireRequest(method: "PUT", endpoint: endpoint, path: "/latest/api/token", headers: [("X-aws-ec2-metadata-token-ttl-seconds", "21600")]),
            context)
        let header = ("X-aws-ec2-metadata-token", token)
        let role = try await ask(WireRequest(endpoint: endpoint, path: Self.path, headers: [header]), context)
        let document = try await ask(WireRequest(endpoint: endpoint, path: Self.path + role, headers: [header]), context)
        let credentials = try Credentials(document: document.utf8, tokenKey: "Token", source: "the instance metadata service")
        guard let expiry = credentials.expiry, expiry <= context.now() else { return credentials }
        // The metadata service hands out old credentials when it cannot get new ones, and AWS goes on accepting them.
        context.logger.warning("the instance metadata service gave expired AWS credentials, they are used for ten minutes")
        return Credentials(
            accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey, sessionToken: credentials.sessionToken,
            expiry: context.now() + 600)
    }

    /// Whatever does not answer is no instance: only that is no reason to stop here.
    private func ask(_ request: WireRequest, _ context: CredentialContext) async throws(CredentialFailure) -> String {
        var request = request
        request.headers.append(("Host", request.endpoint.hostHeader))
        let answer: WireAnswer
        do throws(TransportError) {
            answer = try await context.transport.send(request, timeout: timeout, limit: 65_536)
        } catch {
            throw error.kind == .cancelled ? .cancelled : .absent("no instance metadata service: \(error.message)")
        }
        guard answer.status == 200 else {
            throw .absent("the instance metadata service answered HTTP \(answer.status) to \(request.method) \(request.path)")
        }
        return String(decoding: answer.body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension CredentialSource {
    static func instance(in environment: [String: String]) -> CredentialSource {
        if environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" { return .absent("AWS_EC2_METADATA_DISABLED is true") }
        if let url = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"], !url.isEmpty { return .instance(InstanceCredentials(url: url)) }
        let isIPv6 = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"]?.lowercased() == "ipv6"
        return .instance(InstanceCredentials(url: isIPv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254"))
    }
}
