/// One HTTP request, before anything of HTTP's own machinery.
struct WireRequest: Sendable {
    var method = "GET"
    var endpoint: Endpoint
    /// The path below the endpoint's own, with its first slash.
    var path = "/"
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    /// The whole path that goes over the wire.
    var fullPath: String { endpoint.path + path }
    var url: String { endpoint.origin + fullPath }
}

/// One whole HTTP answer.
struct WireAnswer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// The first header of this name, in whatever case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    /// Whatever the answer says, short enough for a message.
    var excerpt: String {
        let text = String(decoding: body.prefix(2_000), as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text.isEmpty ? "nothing" : text.count > 200 ? "\"\(text.prefix(200))…\"" : "\"\(text)\""
    }
}

/// Carries a request to its endpoint and brings the whole answer back.
protocol Transport: Sendable {
    /// - Parameters:
    ///   - timeout: for the whole exchange, from connecting to the answer's last byte.
    ///   - limit: the most bytes that an answer's body may have.
    func send(_ request: WireRequest, timeout: Duration, limit: Int) async throws(TransportError) -> WireAnswer
}

/// Why an exchange brought no whole answer.
struct TransportError: Error, Sendable {
    enum Kind: Sendable {
        /// The other side was not reached, or hung up.
        case connection
        /// A certificate or a handshake is wrong; trying again does not help.
        case security
        case timeout
        case tooLarge
        case cancelled
        case configuration
    }

    let kind: Kind
    let message: String

    var isTransient: Bool { kind == .connection || kind == .timeout }
}
