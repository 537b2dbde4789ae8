import Foundation
import ServiceModel

extension Credentials {
    /// Reads the document that a container's or an instance's endpoint answers, or that a `credential_process` prints.
    ///
    /// - Parameters:
    ///   - tokenKey: what the session token is called: `Token` or `SessionToken`.
    ///   - source: for messages, which never quote the document.
    init(document bytes: some Collection<UInt8>, tokenKey: String, source: String) throws(CredentialFailure) {
        guard let document = try? JSON(parsing: bytes) else { throw .refused("\(source) gave no JSON") }
        if let code = document["Code"].string, code != "Success" {
            throw .refused("\(source) refused: \(code): \(document["Message"].string ?? "no message")")
        }
        guard let id = document["AccessKeyId"].string, let secret = document["SecretAccessKey"].string, !id.isEmpty, !secret.isEmpty else {
            throw .refused("\(source) gave a document without AccessKeyId and SecretAccessKey")
        }
        var expiry: Date?
        if let text = document["Expiration"].string {
            guard let date = AWSDate.parseISO8601(text) else { throw .refused("\(source) gave an Expiration that is no ISO 8601 date: \"\(text)\"") }
            expiry = date
        }
        self.init(accessKeyID: id, secretAccessKey: secret, sessionToken: document[tokenKey].string, expiry: expiry)
    }
}
