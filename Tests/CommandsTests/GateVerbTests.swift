import ArgumentParser
import Definitions
import Foundation
import ServiceModel
import TestSupport
import Testing

@testable import Commands

@Suite struct `Asking the gate before a deploy` {
    /// Who is asked, what the policy says of a server that is away, whether the app promises something, and whether the deploy goes on.
    @Test(arguments: [
        ("http://127.0.0.1:9", "proceed", true, true), ("http://127.0.0.1:9", "refuse", true, false), ("http://127.0.0.1:9", "refuse", false, true),
        (nil, "proceed", true, true), (nil, "refuse", true, false), (nil, "refuse", false, true),
    ])
    func `goes by the policy where nobody answers`(_ server: String?, _ policy: String, _ promises: Bool, _ goesOn: Bool) async throws {
        try await withTemporaryDirectory { folder in
            try Data("gate: {unreachable: \(policy)}\n".utf8).write(to: folder.appending(path: "jubako.yml"))
            let objectives = "objectives: [{name: a, ratio: {bad: b_total, total: t_total}, objective: 99.9}]\n"
            let file = folder.appending(path: "web.yml")
            try Data("scheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\n\(promises ? objectives : "")".utf8).write(to: file)
            let definition = try await DefinitionLoader(cacheDirectory: nil).load(file.path(), options: .init())
            let connection = try server.map { try ServerConnection.parse(["--server", $0]) }
            let gate = try GateOptions.parse(["--label", "a", "--label", "b"])
            var code: ExitCode?
            do { try await gate.ask(definition, server: connection, endpoint: nil) } catch let error as ExitCode { code = error }
            #expect(code == (goesOn ? nil : ExitCode(5)))
        }
    }

    /// A token without rights must not be a way past the gate.
    @Test(arguments: [401, 403]) func `is an error of its own where the token is refused`(_ status: Int) async throws {
        try await StubServer.run(answering: { _ in StubAnswer(status, #"{"detail": "not yours"}"#) }) { server in
            try await withTemporaryDirectory { folder in
                let file = folder.appending(path: "web.yml")
                let objectives = "objectives: [{name: a, ratio: {bad: b_total, total: t_total}, objective: 99.9}]\n"
                try Data("scheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\n\(objectives)".utf8).write(to: file)
                let definition = try await DefinitionLoader(cacheDirectory: nil).load(file.path(), options: .init())
                let connection = try ServerConnection.parse(["--server", server.url])
                let error = await #expect(throws: ServerError.self) {
                    try await GateOptions.parse([]).ask(definition, server: connection, endpoint: nil)
                }
                #expect(error?.description.contains("jubako login") == true && error?.description.contains("not yours") == true)
            }
        }
    }

    @Test(arguments: [("green", true, nil), ("amber", true, nil), ("red", true, nil), ("red", false, 5), ("green", false, 5)])
    func `ends with 5 when it is refused, whatever the light`(_ light: String, _ isAllowed: Bool, _ code: Int32?) {
        var found: Int32?
        do { try GateText(["light": .string(light), "allowed": .bool(isAllowed), "sentence": "s"]).tell() } catch let error as ExitCode {
            found = error.rawValue
        } catch { Issue.record(error) }
        #expect(found == code)
    }

    @Test func `says the cost, what spent the budget and the way out`() {
        let answer: JSON = [
            "quote": ["sentence": "9 failures of 1 left"], "spent": ["3 minutes: deploy 12"], "way_out": ["wait"], "exception": ["text": "dry run"],
        ]
        #expect(
            GateText(answer).details == [
                "  it passes: dry run", "  at worst it costs 9 failures of 1 left", "  what spent it:", "    3 minutes: deploy 12", "  the way out:",
                "    wait",
            ])
    }
}
