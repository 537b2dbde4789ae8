import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// How a target is asked whether it is well.
protocol HealthProbe: Sendable {
    /// Asks once.
    ///
    /// - Returns: the status of the answer.
    func status(of address: TargetAddress, path: String, timeout: Int) async throws(HealthCheckFailure) -> Int
}

extension HealthCheckFailure: Error {}

/// A GET request, over a connection of its own.
struct HTTPProbe: HealthProbe {
    let client: HTTPClient

    static let configuration: HTTPClient.Configuration = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }()

    func status(of address: TargetAddress, path: String, timeout: Int) async throws(HealthCheckFailure) -> Int {
        var request = HTTPClientRequest(url: "http://\(address.text)\(path)")
        request.headers.add(name: "User-Agent", value: "ELB-HealthChecker/2.0")
        request.headers.add(name: "Connection", value: "close")
        do {
            return Int(try await client.execute(request, deadline: .now() + .seconds(Int64(timeout))).status.code)
        } catch let error as HTTPClientError where [.deadlineExceeded, .connectTimeout, .readTimeout].contains(error) {
            throw .timeout
        } catch {
            throw .connection
        }
    }
}
