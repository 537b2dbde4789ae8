public import Foundation

/// Keys that sign requests. Printing them shows the access key's id only.
public struct Credentials: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public let accessKeyID: String
    public let secretAccessKey: String
    public let sessionToken: String?
    /// When they stop being valid; nil for keys that do not.
    public let expiry: Date?

    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiry: Date? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiry = expiry
    }

    public var description: String { "credentials \(accessKeyID)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}

/// Why a source gave no credentials.
enum CredentialFailure: Error, Sendable, Hashable {
    /// Nothing points to this source; the next one is asked.
    case absent(String)
    /// The source was asked for, but refused or is set up wrongly. No other source may take its place: it could be somebody else.
    case refused(String)
    case cancelled
}
