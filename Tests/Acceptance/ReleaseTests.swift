import Foundation
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

/// Releases as the command line, the server and other tools make them, on the real engine.
@Suite(.enabled(if: TestImage.dockerAnswers())) struct `Releases` {
    @Test func `are recorded by deploys, made by the server's rollback, and seen when another tool deploys`() async throws {
        for version in ["1", "2"] { _ = try await TestImage.web(version) }
        try await Place.with { place in
            try await ServerProcess.run(definitions: place.repository) { server in
                let app = try place.app()
                for (tag, revision) in [("1", "web:1"), ("2", "web:2")] {
                    let deploy = try await place.jubako(["deploy", "--tag", tag, app.path], server)
                    #expect(deploy.code == 0, "\(deploy)")
                    let release = try await place.release(server, Int(tag) ?? 0)
                    #expect(release["kind"] == "deploy" && release["outcome"] == "deployed" && release["to"].string == revision, "\(release)")
                    #expect(release["steps"].array.contains { $0["text"].string == "registered \(revision)" }, "\(release)")
                    #expect(release["deployment"].string?.isEmpty == false && release["environment"] == "local", "\(release)")
                }
                let nothing = try await place.jubako(["deploy", "--tag", "2", app.path], server)
                #expect(nothing.code == 0 && nothing.error.contains("nothing to do") || nothing.output.contains("nothing to do"), "\(nothing)")

                let bad = try place.app(extra: "  env: {FAIL_AFTER: '0.2', FAIL_CODE: '7', DB_PASSWORD: correct-horse}")
                let failed = try await place.jubako(["deploy", "--tag", "2", bad.path], server)
                #expect(failed.code == 3, "\(failed)")
                let third = try await place.release(server, 3)
                #expect(third["outcome"] == "rolled-back" && third["from"] == "web:2" && third["to"] == "web:3", "\(third)")
                #expect(third["verdict"]["summary"].string?.contains("exit code 7") == true, "\(third)")
                #expect(third["logs"].string?.hasPrefix("/apps/web/logs?task=") == true, "\(third)")
                #expect(third.text.contains("DB_PASSWORD") && !third.text.contains("correct-horse"), "\(third)")

                try await rollBack(place, server)

                _ = try await place.engine.call("UpdateService", ["service": "web", "forceNewDeployment": true])
                try await eventually("the deployment of another tool is a release, and ends", within: .seconds(90)) {
                    let release = try await place.release(server, 5)
                    return release["kind"] == "observed" && release["outcome"] == "deployed"
                }
                let list = try await place.jubako(["releases", "--json", "web"], server, ecs: false)
                #expect(try JSON(parsing: list.output)["releases"].array.compactMap { $0["number"].int } == [5, 4, 3, 2, 1], "\(list)")
                let status = try await place.jubako(["status", "web"], server, ecs: false)
                #expect(status.output.contains("1/1 tasks of web:1") && status.output.contains("observed"), "\(status)")
                let logs = try await place.jubako(["logs", "web"], server, ecs: false)
                #expect(logs.output.contains("serving version 1"), "\(logs)")
                let events = try await server.call(.GET, "/api/events?app=web").body
                #expect(events["events"].array.compactMap { $0["number"].int } == [5, 4, 3, 2, 1], "\(events)")
            }
        }
    }

    /// Asks the server to go back to version 1, which it does by itself.
    private func rollBack(_ place: Place, _ server: ServerProcess) async throws {
        let proposal = try await server.call(.GET, "/api/apps/web/rollback").body
        #expect(proposal["current"] == "web:2" && proposal["target"] == "web:1", "\(proposal)")
        #expect(proposal["changes"].array.contains { $0["old"] == "jubako-test-web:2" && $0["new"] == "jubako-test-web:1" }, "\(proposal)")
        let stale = try await server.call(.POST, "/api/apps/web/rollback", ["reason": "r", "current": "web:9"])
        #expect(stale.status == 409, "\(stale)")
        let never = try await server.call(.POST, "/api/apps/web/rollback", ["reason": "r", "revision": 3])
        #expect(never.status == 409 && never.body["detail"].string?.contains("ever up") == true, "\(never)")
        let page = try await server.get("/apps/web/rollback")
        #expect(page.status == 200 && page.body.contains("What it cannot restore"), "\(page)")
        let begun = try await server.call(.POST, "/api/apps/web/rollback", ["reason": "v2 is slow", "current": "web:2", "by": "yuki"])
        #expect(begun.status == 202 && begun.body["number"] == 4, "\(begun)")
        try await eventually("the rollback has ended") { try await place.release(server, 4)["is_open"] == false }
        let fourth = try await place.release(server, 4)
        #expect(fourth["kind"] == "rollback" && fourth["outcome"] == "deployed" && fourth["by"] == "yuki", "\(fourth)")
        #expect(fourth["reason"] == "v2 is slow" && fourth["to"] == "web:1", "\(fourth)")
        #expect(try await place.engine.get("hako-web") == "1\n")
        let shown = try await server.get("/apps/web/releases/4")
        #expect(shown.body.contains("updated service web to web:1"), "\(shown)")
    }

    @Test func `by which the server rolls back outlive the server`() async throws {
        _ = try await TestImage.web("1")
        try await Place.with { place in
            let data = "\(place.engine.settings.directory).server"
            defer { try? FileManager.default.removeItem(atPath: data) }
            try await ServerProcess.run(definitions: place.repository, directory: data) { server in
                let slow = try place.app(extra: "  env: {START_DELAY: '3'}")
                let first = try await place.jubako(["deploy", "--tag", "1", slow.path], server)
                let quick = try place.app()
                let second = try await place.jubako(["deploy", "--tag", "1", quick.path], server)
                #expect(first.code == 0 && second.code == 0, "\(first) \(second)")
                let begun = try await server.call(.POST, "/api/apps/web/rollback", ["reason": "r"])
                #expect(begun.status == 202, "\(begun)")
                let other = try await server.call(.POST, "/api/apps/web/rollback", ["reason": "r"])
                #expect(other.status == 409 && other.body["detail"].string?.contains("under way") == true, "\(other)")
                try await eventually("the service was changed") { try await place.release(server, 3)["deployment"].string != nil }
                kill(server.processID, SIGKILL)
            }
            try await ServerProcess.run(definitions: place.repository, directory: data) { server in
                try await eventually("the rollback has ended") { try await place.release(server, 3)["is_open"] == false }
                let release = try await place.release(server, 3)
                #expect(release["kind"] == "rollback" && release["outcome"] == "deployed" && release["to"] == "web:1", "\(release)")
                #expect(release["steps"].array.contains { $0["text"].string?.contains("restarted meanwhile") == true }, "\(release)")
            }
        }
    }

    @Test func `of a deploy amid which the server was killed are recorded later, once`() async throws {
        _ = try await TestImage.web("1")
        try await Place.with { place in
            let data = "\(place.engine.settings.directory).server"
            defer { try? FileManager.default.removeItem(atPath: data) }
            let port = try await PortReservation.free()
            let app = try place.app(extra: "  env: {START_DELAY: '2'}")
            try await ServerProcess.run(definitions: place.repository, directory: data, port: port) { server in
                async let deploying = place.jubako(["deploy", "--tag", "1", app.path], server)
                try await eventually("the release has begun") { try await place.release(server, 1)["is_open"] == true }
                kill(server.processID, SIGKILL)
                let deploy = try await deploying
                #expect(deploy.code == 0, "\(deploy)")
                #expect(deploy.error.contains("not recorded yet") && deploy.error.contains("outbox"), "\(deploy)")
                let silent = try await place.jubako(["deploy", "--tag", "1", "--no-record", "--force", app.path], server)
                #expect(silent.code == 0 && !silent.error.contains("record"), "\(silent)")
                try await ServerProcess.run(definitions: place.repository, directory: data, port: port) { server in
                    let list = try await place.jubako(["releases", "--json", "web"], server, ecs: false)
                    #expect(list.error.contains("recorded what the server had missed: web #1"), "\(list)")
                    let release = try await place.release(server, 1)
                    #expect(release["outcome"] == "deployed" && !release["steps"].array.isEmpty, "\(release)")
                    let again = try await place.jubako(["releases", "web"], server, ecs: false)
                    #expect(!again.error.contains("missed"), "\(again)")
                }
            }
        }
    }
}

/// An engine, a repository whose one environment is that engine, and a state folder for the command line.
private struct Place: Sendable {
    let engine: EngineProcess
    var repository: String { "\(engine.settings.directory).repository" }

    static func with(_ body: @escaping @Sendable (Place) async throws -> Void) async throws {
        try await EngineProcess.withSettings { settings in
            let repository = "\(settings.directory).repository"
            try FileManager.default.createDirectory(atPath: "\(repository)/apps", withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: repository) }
            try "environments:\n  local: {region: us-east-1, cluster: default, endpoint_url: '\(settings.endpoint)'}\n"
                .write(toFile: "\(repository)/jubako.yml", atomically: true, encoding: .utf8)
            _ = try AppFile.write(in: "\(repository)/apps", desired: 1)
            try await EngineProcess.run(settings) { engine in try await body(Place(engine: engine)) }
        }
    }

    func app(extra: String = "") throws -> AppFile { try AppFile.write(in: "\(repository)/apps", desired: 1, app: extra) }

    /// Runs a verb that knows this server, and the engine unless the server shall be asked.
    func jubako(_ arguments: [String], _ server: ServerProcess, ecs: Bool = true) async throws -> (code: Int32, output: String, error: String) {
        let known = ["--server", server.url, "--token-file", "\(server.directory)/server.token"]
        return try await EngineProcess.jubako(
            arguments + known + (ecs ? ["--endpoint-url", engine.settings.endpoint] : []),
            environment: ["NO_COLOR": "1", "XDG_STATE_HOME": "\(repository)/state", "JUBAKO_HTTP_PORT": "\(engine.settings.entryPort)"])
    }

    func release(_ server: ServerProcess, _ number: Int) async throws -> JSON {
        try await server.call(.GET, "/api/apps/web/releases/\(number)").body
    }
}
