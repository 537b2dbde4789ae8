import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension TransportError {
    /// What async-http-client and the layers below it say, in words for the person who made the call.
    init(_ error: any Error, origin: String, timeout: Duration, limit: Int) {
        if Task.isCancelled {
            self.init(kind: .cancelled, message: "the call was cancelled")
            return
        }
        switch error {
        case let error as TransportError:
            self = error
        case let error as HTTPClientError where error == .connectTimeout:
            self.init(kind: .timeout, message: "\(origin) could not be connected to in time, check the address and the network")
        case let error as HTTPClientError where Self.timeouts.contains(error):
            self.init(kind: .timeout, message: "\(origin) did not answer within \(timeout)")
        case is HTTPClientError, is ChannelError, is HTTPParserError:
            self.init(kind: .connection, message: "the connection to \(origin) broke before the answer was complete")
        case let error as NIOConnectionError:
            let reason = error.connectionErrors.lazy.compactMap { ($0.error as? IOError)?.errnoCode }.first.map { String(cString: strerror($0)) }
            let lookup = error.dnsAError != nil || error.dnsAAAAError != nil ? "its name cannot be resolved" : "nobody answers there"
            self.init(
                kind: .connection, message: "\(origin) cannot be connected to: \(reason?.lowercased() ?? lookup), check the address and the network")
        case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, EADDRNOTAVAIL].contains(error.errnoCode):
            let reason = String(cString: strerror(error.errnoCode)).lowercased()
            self.init(kind: .connection, message: "\(origin) cannot be connected to: \(reason), check the address and the network")
        case let error as IOError:
            self.init(kind: .connection, message: "the connection to \(origin) broke: \(String(cString: strerror(error.errnoCode)).lowercased())")
        case is NIOTooManyBytesError:
            self.init(kind: .tooLarge, message: "the answer of \(origin) is larger than \(limit) bytes")
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            self.init(
                kind: .security,
                message: "no trusted connection to \(origin): \(error); if its certificate comes from an authority of your own, set AWS_CA_BUNDLE")
        default:
            self.init(kind: .connection, message: "the exchange with \(origin) failed: \(error)")
        }
    }

    private static let timeouts: [HTTPClientError] = [
        .deadlineExceeded, .readTimeout, .writeTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout,
    ]
}
