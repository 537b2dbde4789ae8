import AWS
import Foundation
import Logging
import ServiceModel
import Subprocess
import TestSupport
import Testing

/// `jubako deploy` against real containers, and how it ends when the app is at fault.
@Suite(.enabled(if: TestImage.dockerAnswers())) struct `Deploying` {
    @Test func `deploys, finds nothing to do, deploys a tag, and goes back`() async throws {
        _ = try await TestImage.web("1")
        _ = try await TestImage.web("2")
        try await withEngine { engine, directory in
            let app = try AppFile.write(in: directory)
            let plan = try await engine.jubako(["plan", app.path])
            #expect(plan.code == 2 && plan.output.contains("create service web"), "\(plan)")
            let first = try await engine.jubako(["deploy", app.path])
            #expect(first.code == 0, "\(first)")
            #expect(try await engine.get("hako-web") == "1\n")
            let again = try await engine.jubako(["deploy", app.path])
            #expect(again.code == 0 && (again.output + again.error).contains("nothing to do"), "\(again)")
            let second = try await engine.jubako(["deploy", "--tag", "2", "--json", app.path])
            #expect(second.code == 0, "\(second)")
            let result = try JSON(parsing: second.output)
            #expect(result["outcome"] == "deployed" && result["taskDefinition"].string?.hasSuffix(":2") == true, "\(second.output)")
            #expect(try await engine.get("hako-web") == "2\n")
            let back = try await engine.jubako(["rollback", app.path])
            #expect(back.code == 0, "\(back)")
            #expect(try await engine.get("hako-web") == "1\n")
            let gone = try await engine.jubako(["remove", "--yes", app.path])
            #expect(gone.code == 0, "\(gone)")
            try await eventually("no task is left") { try await engine.running().isEmpty }
        }
    }

    /// What is wrong with the app: more lines of it, its health check, its image; and what `why` must say.
    static let faults: [(fault: String, app: String, healthPath: String, image: String, why: String)] = [
        ("never healthy", "  env: {UNHEALTHY: '1'}", "/healthz", "jubako-test-web", "404"),
        ("crash loop", "  env: {FAIL_AFTER: '0.2', FAIL_CODE: '7'}", "/healthz", "jubako-test-web", "exit code 7"),
        ("out of memory", "  env: {EAT_MEMORY: '1'}", "/healthz", "jubako-test-web", "memory"),
        ("no image", "", "/healthz", "jubako-test-nothing", "jubako-test-nothing"),
    ]

    @Test(arguments: faults)
    func `goes back when the app is at fault, and says why`(
        fault: String, app: String, healthPath: String, image: String, why: String
    ) async throws {
        _ = try await TestImage.web("1")
        try await withEngine { engine, directory in
            let good = try AppFile.write(in: directory, desired: 1)
            let first = try await engine.jubako(["deploy", good.path])
            #expect(first.code == 0, "\(first)")
            let before = try await engine.running()
            let bad = try AppFile.write(in: directory, desired: 1, healthPath: healthPath, app: app, image: image)
            let result = try await engine.jubako(["deploy", bad.path])
            #expect(result.code == 3, "\(fault): \(result)")
            let reasons = try await engine.jubako(["why", bad.path])
            #expect(reasons.output.contains(why), "\(fault): \(reasons)")
            try await engine.stable("web")
            #expect(try await engine.running() == before, "the old version was left alone")
            #expect(try await engine.get("hako-web") == "1\n")
        }
    }

    @Test func `of two deploys at once the later one wins, and the other says so`() async throws {
        for version in ["1", "2", "3"] { _ = try await TestImage.web(version) }
        try await withEngine { engine, directory in
            let app = try AppFile.write(in: directory)
            let first = try await engine.jubako(["deploy", app.path])
            #expect(first.code == 0, "\(first)")
            async let two = engine.jubako(["deploy", "--tag", "2", app.path])
            async let three = engine.jubako(["deploy", "--tag", "3", app.path])
            let codes = try await [two.code, three.code]
            // One is always last; the earlier one was superseded, or had ended before the other began.
            #expect(codes.contains(0) && codes.allSatisfy { [0, 6].contains($0) }, "\(codes)")
            try await engine.stable("web")
            let winner = codes == [0, 6] ? "2\n" : codes == [6, 0] ? "3\n" : try await engine.get("hako-web")
            #expect(try await engine.get("hako-web") == winner)
            #expect(try await engine.running().count == 2)
        }
    }

    @Test func `the sample app's definition is taken by moto as by the engine`() async throws {
        let clients = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Clients")
        let sample = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "examples/cookbook/apps/recipes.yml")
        try await MotoServer.run { moto in
            // moto makes up its own ids for the network, so the definition gets those; the engine takes any.
            let network = try await Subprocess.run(
                .name("python3"), arguments: [clients.appending(path: "network.py").path(), moto.url], output: .string(limit: 4096),
                error: .string(limit: 65536))
            let ids = network.standardOutput.split(whereSeparator: \.isWhitespace).map(String.init)
            try #require(ids.count == 4, "\(network.standardError)")
            try await withEngine { engine, directory in
                var text = try String(contentsOf: sample, encoding: .utf8)
                let own = ["vpc-0c00cb00c00000001", "subnet-0c00cb00c0000000a", "subnet-0c00cb00c0000000b", "sg-0c00cb00c00000001"]
                for (id, replacement) in zip(own, ids) { text = text.replacing(id, with: replacement) }
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
                let file = "\(directory)/recipes.yml"
                try text.write(toFile: file, atomically: true, encoding: .utf8)
                for endpoint in [moto.url, engine.settings.endpoint] {
                    let result = try await EngineProcess.jubako(["deploy", "--no-wait", "--json", "--endpoint-url", endpoint, file])
                    #expect(result.code == 0, "\(result)")
                    let status = try await EngineProcess.jubako(["status", "--json", "--endpoint-url", endpoint, file])
                    #expect(try JSON(parsing: status.output)["desired"] == 2, "\(status)")
                    let removed = try await EngineProcess.jubako(["remove", "--yes", "--endpoint-url", endpoint, file])
                    #expect(removed.code == 0, "\(removed)")
                }
            }
        }
    }

    private func withEngine(_ body: @escaping @Sendable (EngineProcess, String) async throws -> Void) async throws {
        try await EngineProcess.withSettings { settings in
            try await EngineProcess.run(settings) { engine in try await body(engine, "\(settings.directory)/apps") }
        }
    }
}
