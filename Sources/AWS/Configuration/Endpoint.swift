import Foundation

/// Where a service answers.
struct Endpoint: Sendable, Hashable {
    /// `scheme://host[:port]`
    let origin: String
    let scheme: String
    /// Without the brackets of an IPv6 address.
    let host: String
    /// What the header Host says: the port is left out when it is the scheme's own.
    let hostHeader: String
    /// The endpoint's own path without a slash at its end, usually empty.
    let path: String

    /// Reads an http or https URL.
    ///
    /// - Parameter source: which setting the text comes from, for the message.
    init(_ text: String, source: String) throws(AWSError) {
        guard let components = URLComponents(string: text), let scheme = components.scheme?.lowercased(), scheme == "http" || scheme == "https",
            let host = components.percentEncodedHost, !host.isEmpty, components.user == nil, components.query == nil, components.fragment == nil
        else {
            throw AWSError(kind: .configuration, message: "\(source) is no http or https URL: \"\(text)\"")
        }
        self.scheme = scheme
        self.host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        let bracketed = self.host.contains(":") ? "[\(self.host)]" : self.host
        let port = components.port.flatMap { $0 == (scheme == "https" ? 443 : 80) ? nil : $0 }
        hostHeader = port.map { "\(bracketed):\($0)" } ?? bracketed
        origin = "\(scheme)://\(hostHeader)"
        var path = components.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }
}
