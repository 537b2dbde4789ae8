import Foundation
import NIOHTTP1
import ServiceModel
import Synchronization
import TestSupport
import Testing

/// The whole server before a Slack that misbehaves, and killed while it tells.
@Suite struct `Alerts through a server` {
    /// A repository of ten apps, each with a channel of its own.
    private static func repository(in folder: URL) throws -> String {
        try FileManager.default.createDirectory(at: folder.appending(path: "apps"), withIntermediateDirectories: true)
        try "environments: {local: {region: us-east-1, endpoint_url: 'http://127.0.0.1:9'}}\nalerting: {channel: '#sre'}\n"
            .write(to: folder.appending(path: "jubako.yml"), atomically: true, encoding: .utf8)
        for number in 0..<10 {
            try "scheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\nmonitoring: {channel: '#c\(number)'}\n"
                .write(to: folder.appending(path: "apps/app\(number).yml"), atomically: true, encoding: .utf8)
        }
        return folder.path()
    }

    private static func webhook(_ number: Int) -> JSON {
        let labels: JSON = ["alertname": .string("alert-\(number)."), "app": .string("app\(number % 10)"), "severity": "page"]
        let alert: JSON = [
            "status": "firing", "labels": labels, "annotations": ["summary": .string("alert-\(number). fires")],
            "startsAt": "2026-11-24T06:00:00Z", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "", "fingerprint": .string("f\(number)"),
        ]
        return [
            "version": "4", "groupKey": .string("g\(number)"), "status": "firing", "receiver": "jubako", "truncatedAlerts": 0,
            "alerts": .array([alert]),
        ]
    }

    /// A Slack that keeps what it accepted.
    private final class Sink: Sendable {
        struct Posted: Sendable {
            let channel: String
            let text: String
            let isEdit: Bool
        }

        private let state = Mutex<(posted: [Posted], calls: Int)>(([], 0))
        private let fails: @Sendable (_ call: Int) -> StubAnswer?

        /// - Parameter fails: what is answered instead of "ok" to the call of that number; nil accepts it.
        init(fails: @escaping @Sendable (Int) -> StubAnswer? = { _ in nil }) { self.fails = fails }

        var posted: [Posted] { state.withLock { $0.posted } }

        func answer(_ request: StubRequest) async -> StubAnswer {
            let call = state.withLock { state in
                state.calls += 1
                return state.calls
            }
            if let refusal = fails(call) { return refusal }
            let body = (try? JSON(parsing: request.body)) ?? .null
            let channel = body["channel"].string ?? ""
            state.withLock { $0.posted.append(Posted(channel: channel, text: request.body, isEdit: request.path.contains("update"))) }
            return StubAnswer(200, "{\"ok\":true,\"channel\":\"\(channel)\",\"ts\":\"1.\(call)\"}")
        }

        func untold(of count: Int) -> [Int] {
            let all = posted.map(\.text).joined()
            return (0..<count).filter { !all.contains("alert-\($0).") }
        }
    }

    @Test func `are all told although the server is killed in the middle of 300, and what may be a repetition says so`() async throws {
        try await withTemporaryDirectory { folder in
            let definitions = try Self.repository(in: folder.appending(path: "repository"))
            let data = folder.appending(path: "data").path()
            let sink = Sink()
            try await StubServer.run(answering: { await sink.answer($0) }) { slack in
                let environment = ["SLACK_BOT_TOKEN": "xoxb-test", "SLACK_API_URL": slack.url]
                try await ServerProcess.run(definitions: definitions, directory: data, environment: environment) { server in
                    for number in 0..<300 {
                        let answer = try await server.call(.POST, "/api/alertmanager", Self.webhook(number))
                        #expect(answer.status == 200)
                    }
                    kill(server.processID, SIGKILL)
                }
                let told = 300 - sink.untold(of: 300).count
                #expect(told < 300, "it was killed before the end")
                try await ServerProcess.run(definitions: definitions, directory: data, environment: environment) { _ in
                    try await eventually("all 300 are told", within: .seconds(90)) { sink.untold(of: 300).isEmpty }
                }
                // A post that names an alert which an earlier post named, too, is a repetition.
                var seen: Set<String> = []
                var repetitions = 0
                for post in sink.posted where !post.isEdit {
                    let names = Set(post.text.matches(of: /alert-[0-9]+\./).map { String($0.0) })
                    if !names.isDisjoint(with: seen), !post.text.contains("thread_ts") {
                        repetitions += 1
                        #expect(post.text.contains("possible duplicate"), "\(post.text)")
                    }
                    seen.formUnion(names)
                }
                #expect(repetitions <= 1)
            }
        }
    }

    @Test func `are all told although every second call fails`() async throws {
        let faults = [
            StubAnswer(500, "oops"), StubAnswer(200, "{\"ok\":false,\"error\":\"internal_error\"}"), StubAnswer(503), StubAnswer(200, "no json"),
        ]
        let sink = Sink { call in call.isMultiple(of: 2) ? faults[(call / 2) % faults.count] : nil }
        try await withTemporaryDirectory { folder in
            let definitions = try Self.repository(in: folder)
            try await StubServer.run(answering: { await sink.answer($0) }) { slack in
                let environment = ["SLACK_BOT_TOKEN": "xoxb-test", "SLACK_API_URL": slack.url]
                try await ServerProcess.run(definitions: definitions, environment: environment) { server in
                    for number in 0..<100 { _ = try await server.call(.POST, "/api/alertmanager", Self.webhook(number)) }
                    try await eventually("all 100 are told", within: .seconds(90)) { sink.untold(of: 100).isEmpty }
                    let refused = try await server.send(
                        .POST, "/api/alertmanager", headers: ["Authorization": "Bearer \(server.token)"], body: "{\"version\":\"4\"")
                    #expect(refused.status == 400 && refused.body.contains("application/problem") == false && refused.body.contains("detail"))
                    let large = String(repeating: "x", count: 2 << 20)
                    let tooLarge = try await server.send(
                        .POST, "/api/alertmanager", headers: ["Authorization": "Bearer \(server.token)"], body: large)
                    #expect(tooLarge.status == 413)
                }
            }
        }
    }
}
