import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport

/// The distribution's Prometheus as a child process over given blocks of data. It scrapes nothing.
struct PrometheusProcess: Sendable {
    static let program = "/usr/bin/prometheus"
    static let promtool = "/usr/bin/promtool"
    static var isInstalled: Bool { [program, promtool].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) } }

    let url: String

    /// Starts it over the blocks in `data`, runs `body` once it answers, and ends it.
    static func run(data: String, _ body: @escaping @Sendable (PrometheusProcess) async throws -> Void) async throws {
        let port = try await PortReservation.free()
        let file = "\(data).yml"
        try "global: {evaluation_interval: 1m}\n".write(toFile: file, atomically: true, encoding: .utf8)
        let prometheus = PrometheusProcess(url: "http://127.0.0.1:\(port)")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                var options = PlatformOptions()
                options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))]
                let result = try await Subprocess.run(
                    .path(FilePath(program)),
                    arguments: [
                        "--config.file=\(file)", "--storage.tsdb.path=\(data)", "--storage.tsdb.retention.time=20y",
                        "--web.listen-address=127.0.0.1:\(port)",
                        "--log.level=error",
                    ], platformOptions: options, input: .none, output: .discarded, error: .discarded)
                guard Task.isCancelled else { throw ConditionNotMet(description: "Prometheus ended with \(result.terminationStatus)") }
                return false
            }
            group.addTask {
                try await eventually("Prometheus answers") {
                    let answer = try? await HTTPClient.shared.execute(HTTPClientRequest(url: prometheus.url + "/-/ready"), timeout: .seconds(1))
                    return answer?.status == .ok
                }
                try await body(prometheus)
                return true
            }
            while let isDone = try await group.next() { if isDone { break } }
            group.cancelAll()
        }
    }

    /// The values of an expression of one series, in the order of time.
    func range(_ expression: String, start: Int, end: Int, step: Int) async throws -> [(time: String, value: String)] {
        var request = HTTPClientRequest(url: url + "/api/v1/query_range")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        let query = expression.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        request.body = .bytes(ByteBuffer(string: "query=\(query)&start=\(start)&end=\(end)&step=\(step)"))
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let json = try JSON(parsing: String(buffer: try await answer.body.collect(upTo: 64 << 20)))
        return json["data"]["result"][0]["values"].array.map { ($0[0].int.map(String.init) ?? "", $0[1].string ?? "") }
    }

    /// Runs a tool to its end.
    ///
    /// - Returns: what it said on its standard output.
    @discardableResult
    static func tool(_ path: String, _ arguments: [String], limit: Int = 4 << 20) async throws -> String {
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments), output: .string(limit: limit), error: .string(limit: limit))
        guard result.terminationStatus.isSuccess else {
            throw ConditionNotMet(description: "\(path) \(arguments.prefix(3)): \(result.standardOutput)\(result.standardError)")
        }
        return result.standardOutput
    }
}
