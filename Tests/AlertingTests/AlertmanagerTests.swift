import Foundation
import Logging
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Alerting

private let program = "/usr/bin/prometheus-alertmanager"

/// A real Alertmanager that sends to `receiver`, for the length of `body`.
private func withAlertmanager(receiver: String, _ body: @Sendable (AlertmanagerClient) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
        let port = try await PortReservation.free()
        let configuration = """
            route: {receiver: jubako, group_by: [app, alertname, jubako_proof], group_wait: 1ms, group_interval: 1s, repeat_interval: 1h}
            receivers:
              - name: jubako
                webhook_configs:
                  - url: \(receiver)/api/alertmanager
                    send_resolved: true
                    http_config: {authorization: {credentials: secret}}
            """
        try configuration.write(to: directory.appending(path: "alertmanager.yml"), atomically: true, encoding: .utf8)
        let client = AlertmanagerClient(url: "http://127.0.0.1:\(port)/")
        let outcome: Swift.Result<Void, any Error>
        do {
            outcome = .success(
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        _ = try await Subprocess.run(
                            .path(FilePath(program)),
                            arguments: [
                                "--config.file=\(directory.path)/alertmanager.yml", "--storage.path=\(directory.path)/data",
                                "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
                            ], input: .none, output: .discarded, error: .discarded)
                    }
                    defer { group.cancelAll() }
                    try await eventually("Alertmanager answers") { (try? await client.alerts()) != nil }
                    try await body(client)
                })
        } catch { outcome = .failure(error) }
        try await client.shutdown()
        try outcome.get()
    }
}

private func withReceiver(_ desk: Desk, _ body: @Sendable (AlertmanagerClient) async throws -> Void) async throws {
    var logger = Logger(label: "receiver")
    logger.logLevel = .critical
    let receiver = AlertReceiver(dispatcher: desk.dispatcher, token: BearerToken("secret"), metrics: desk.metrics, logger: logger)
    try await withSite {
        receiver.routes(on: $0)
    } _: { url in
        try await withAlertmanager(receiver: url, body)
    }
}

private var quick: DispatchPolicy {
    var policy = DispatchPolicy()
    policy.pace = .milliseconds(20)
    return policy
}

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: program), "Alertmanager is not installed")) struct AlertmanagerTests {
    @Test func `a channel is set once its test alert came back through Alertmanager, and proved again without a new message`() async throws {
        try await Desk.run(policy: quick) { desk in
            try await withReceiver(desk) { (alertmanager: AlertmanagerClient) async throws in
                let proof = ChannelProof(settings: desk.settings, records: desk.records, arrivals: desk.arrivals, alertmanager: alertmanager)
                let setting = try await proof.set("#recipes", for: "recipes", by: "ann")
                let message = try #require(await desk.posted("recipes").first)
                #expect(setting.proof?.ts == message.ts && message.words.contains("Test: alerts of recipes arrive here"))
                #expect(try await desk.settings.channel(of: "recipes")?.channel == "#recipes")

                var logger = Logger(label: "night")
                logger.logLevel = .critical
                let night = NightlyProof(proof: proof, settings: desk.settings, troubles: ChannelTroubles(store: desk.store), logger: logger)
                await night.proveAll()
                let proved = try #require(try await desk.settings.channel(of: "recipes"))
                #expect(proved.failure == nil && proved.proof == setting.proof)
                #expect(await desk.posted("recipes").count == 1)
                #expect(await desk.posted("recipes").first?.editedAt != nil)

                var faults = StandInFaults()
                faults.archived = ["recipes", "gone"]
                await desk.standIn.set(faults)
                await #expect(throws: ChannelProofError.self) { try await proof.set("#gone", for: "recipes", by: "ann") }
                #expect(try await desk.settings.channel(of: "recipes")?.channel == "#recipes")
                await night.proveAll()
                #expect(try await desk.settings.channel(of: "recipes")?.failure?.contains("is_archived") == true)
                #expect(await desk.posted("sre").isEmpty)
            }
        }
    }

    @Test func `silences are made, previewed, listed and ended, and a silenced test says so`() async throws {
        try await Desk.run(policy: quick) { desk in
            try await withReceiver(desk) { (alertmanager: AlertmanagerClient) async throws in
                let matchers = [Matcher(name: "app", value: "recipes")]
                try await alertmanager.post([Alert(labels: ["alertname": "A", "app": "recipes", "task": "t\"1\\"], startsAt: Date())])
                try await eventually("known") { try await alertmanager.alerts(matchers).count == 1 }
                let heard = try #require(await alertmanager.hearingTimes(matchers).values.first)
                #expect(abs(heard.timeIntervalSinceNow) < 600)
                let preview = try await alertmanager.preview(
                    matchers, known: [["app": "recipes", "alertname": "B"], ["app": "menu"], ["app": "recipes", "alertname": "A"]])
                #expect(preview.firing.count == 1 && preview.quiet == [["app": "recipes", "alertname": "B"]] && preview.apps == ["recipes"])
                let id = try await alertmanager.create(
                    SilenceRequest(matchers: matchers, startsAt: Date(), endsAt: Date() + 60, createdBy: "ann", comment: "we know"))
                let silence = try #require(try await alertmanager.silences().first)
                #expect(silence.id == id && silence.createdBy == "ann" && silence.comment == "we know" && silence.matchers == matchers)

                let proof = ChannelProof(
                    settings: desk.settings, records: desk.records, arrivals: desk.arrivals, alertmanager: alertmanager,
                    deadline: .milliseconds(1_500))
                let error = await #expect(throws: ChannelProofError.self) { try await proof.set("#recipes", for: "recipes", by: "ann") }
                #expect(error?.code == .noAnswer && error?.description.contains("silence") == true)

                try await alertmanager.expire(id)
                try await eventually("ended") { try await alertmanager.silences().isEmpty }
                #expect(try await alertmanager.silences(includingExpired: true).count == 1)
                let unknown = await #expect(throws: AlertmanagerError.self) { try await alertmanager.expire("00000000-0000-0000-0000-000000000000") }
                #expect(unknown != nil)
            }
        }
    }

    @Test func `the night begins at its hour`() {
        let noon = Date(timeIntervalSince1970: 1_790_000_000 - 1_790_000_000.truncatingRemainder(dividingBy: 86_400) + 43_200)
        #expect(NightlyProof.next(after: noon, hour: 18) == noon + 6 * 3_600)
        #expect(NightlyProof.next(after: noon + 6 * 3_600, hour: 18) == noon + 30 * 3_600)
    }
}
