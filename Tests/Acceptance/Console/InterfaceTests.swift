import Foundation
import NIOHTTP1
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The interface for programs, by the tools of others.
@Suite(.enabled(if: AlertmanagerProcess.isInstalled, "Alertmanager is not installed")) struct `The interface for programs` {
    private static let cookbook = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "examples/cookbook").path()

    private static func run(_ program: String, _ arguments: [String], in folder: String) async throws -> (code: Int, output: String) {
        let result = try await Subprocess.run(
            .name(program), arguments: Arguments(arguments), environment: .inherit.updating(["NO_COLOR": "1", "PYTHONUNBUFFERED": "1"]),
            workingDirectory: FilePath(folder), output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
        let text = result.standardOutput + result.standardError
        guard case .exited(let code) = result.terminationStatus else { return (-1, text) }
        return (Int(code), text)
    }

    private static func withServer(_ body: @escaping @Sendable (ServerProcess) async throws -> Void) async throws {
        let port = try await PortReservation.free()
        try await ServerProcess.run(definitions: cookbook, extra: ["--alertmanager", "http://127.0.0.1:\(port)"]) { server in
            try await AlertmanagerProcess.run(port: port, for: server) { _ in try await body(server) }
        }
    }

    @Test func `is described in a valid OpenAPI document, each path of which is answered`() async throws {
        try await Self.withServer { server in
            let text = try await server.get("/openapi.json").body
            let file = "\(server.directory)/openapi.json"
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let valid = try await Self.run("openapi-spec-validator", [file], in: server.directory)
            #expect(valid.code == 0, "\(valid.output)")
            for (path, operations) in try JSON(parsing: text)["paths"].object {
                for method in operations.object.keys where path != "/api/events/stream" {
                    let address = path.replacing("{app}", with: "recipes").replacing(/\{[a-z_]+\}/, with: "x")
                    let reply = try await server.send(HTTPMethod(rawValue: method.uppercased()), address)
                    let isThere = reply.status != 405 && !reply.body.contains("there is nothing at")
                    #expect(isThere, "\(method) \(path): \(reply.status) \(reply.body.prefix(200))")
                    let isDescribed = !operations[method]["responses"][String(reply.status)].isNull
                    #expect(isDescribed, "\(method) \(path) answers \(reply.status), which is not described")
                }
            }
        }
    }

    @Test(arguments: [true, false]) func `has no answer that is not described, and no 5xx, whatever comes`(isKnown: Bool) async throws {
        try await Self.withServer { server in
            // A stream never ends; the proof of a channel takes a minute when its message does not arrive; no cluster is there to be read.
            var arguments = [
                "run", "\(server.url)/openapi.json", "--seed", "4", "--max-examples", "20", "--workers", "1", "--request-timeout", "20",
                "--generation-database", "none", "--suppress-health-check", "all", "--warnings", "off", "--no-shrink", "--continue-on-failure",
                "--phases", "examples,coverage,fuzzing", "--exclude-path", "/api/events/stream", "--exclude-path", "/api/alertmanager",
                "--exclude-path", "/api/prometheus/targets", "--exclude-operation-id", "put_apps_app_channel",
                "--exclude-operation-id", "post_apps_app_rollback",
                "--checks",
                "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,"
                    + "negative_data_rejection,unsupported_method,ignored_auth",
            ]
            if isKnown { arguments += ["--header", "Authorization: Bearer \(server.token)"] }
            try """
            [parameters]
            "path.app" = "recipes"
            """.write(toFile: "\(server.directory)/schemathesis.toml", atomically: true, encoding: .utf8)
            let result = try await Self.run("schemathesis", arguments, in: server.directory)
            #expect(result.code == 0, "\(result.output.suffix(20_000))")
        }
    }
}
