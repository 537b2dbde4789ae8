import Foundation

/// The endpoint that ECS and EKS give to a container.
struct ContainerCredentials: Sendable, Hashable {
    let url: String
    let token: String?
    let tokenFile: String?

    func credentials(_ context: CredentialContext) async throws(CredentialFailure) -> Credentials {
        let source = "the container's credentials endpoint"
        var headers = [("Host", try endpoint().hostHeader), ("Accept", "application/json")]
        if let authorization = try authorization() { headers.append(("Authorization", authorization)) }
        let request = WireRequest(endpoint: try endpoint(), path: "", headers: headers)
        var document: [UInt8]?
        var complaint = ""
        for _ in 1...3 {
            do throws(TransportError) {
                let answer = try await context.transport.send(request, timeout: .seconds(2), limit: 65_536)
                if answer.status == 200 { document = answer.body }
                complaint = "\(source) answered HTTP \(answer.status)"
                if answer.status < 500 { break }
            } catch {
                if error.kind == .cancelled { throw .cancelled }
                complaint = "\(source) did not answer: \(error.message)"
            }
        }
        guard let document else { throw .refused(complaint) }
        return try Credentials(document: document, tokenKey: "Token", source: source)
    }

    /// Without TLS the token may only go to this machine or to the addresses that ECS and EKS use.
    private func endpoint() throws(CredentialFailure) -> Endpoint {
        let endpoint: Endpoint
        do throws(AWSError) {
            endpoint = try Endpoint(url, source: "AWS_CONTAINER_CREDENTIALS_FULL_URI")
        } catch {
            throw .refused(error.message)
        }
        let bytes = endpoint.host.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        let isLoopback = endpoint.host == "localhost" || endpoint.host == "::1" || (bytes.count == 4 && bytes[0] == 127)
        let allowed = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"]
        guard endpoint.scheme == "https" || isLoopback || allowed.contains(endpoint.host) else {
            throw .refused(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI points to \(endpoint.host); without https only this machine, 169.254.170.2 and 169.254.170.23 may be asked"
            )
        }
        return endpoint
    }

    private func authorization() throws(CredentialFailure) -> String? {
        var value = token
        if let tokenFile {
            guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
                throw .refused("the file \(tokenFile) of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read")
            }
            value = text.trimmingCharacters(in: .newlines)
        }
        guard let value else { return nil }
        guard !value.utf8.contains(where: { $0 < 0x20 }) else { throw .refused("the container's authorization token holds control characters") }
        return value
    }
}

extension CredentialSource {
    static func container(in environment: [String: String]) -> CredentialSource {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let url: String
        if let path = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            guard path.hasPrefix("/") else { return .broken("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not start with a slash: \"\(path)\"") }
            url = "http://169.254.170.2\(path)"
        } else if let full = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
            url = full
        } else {
            return .absent("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and _FULL_URI are not set")
        }
        return .container(
            ContainerCredentials(
                url: url, token: variable("AWS_CONTAINER_AUTHORIZATION_TOKEN"), tokenFile: variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")))
    }
}
