import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceModel
import Store
import Synchronization
import TestSupport
import Testing

@testable import Alerting

/// A store whose disk can be full.
private final class FullStore: Store {
    private let store: SQLiteStore
    let isFull = Mutex(false)

    init() throws { store = try SQLiteStore.inMemory() }

    func get(_ key: StoreKey) async throws(StoreError) -> StoreItem? { try await store.get(key) }
    func query(partition: String, sort: StoreSortKeys, limit: Int?, reversed: Bool) async throws(StoreError) -> [StoreItem] {
        try await store.query(partition: partition, sort: sort, limit: limit, reversed: reversed)
    }
    func write(_ writes: [StoreWrite]) async throws(StoreError) {
        if isFull.withLock({ $0 }) { throw StoreError.diskFull("full") }
        try await store.write(writes)
    }
}

private func send(_ body: String, to url: String, token: String? = "secret") async throws -> (status: UInt, type: String?, body: String) {
    var request = HTTPClientRequest(url: url + "/api/alertmanager")
    request.method = .POST
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    request.body = .bytes(ByteBuffer(string: body))
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    return (response.status.code, response.headers.first(name: "Content-Type"), String(buffer: try await response.body.collect(upTo: 1 << 20)))
}

private func receiver(_ desk: Desk, _ body: @Sendable (String) async throws -> Void) async throws {
    var logger = Logger(label: "receiver")
    logger.logLevel = .critical
    let receiver = AlertReceiver(
        dispatcher: desk.dispatcher, token: BearerToken("secret"), bodyLimit: 10_000, metrics: desk.metrics, logger: logger)
    try await withSite({ receiver.routes(on: $0) }, body)
}

private let firing =
    #"{"alerts":[{"status":"firing","labels":{"alertname":"A","app":"x"},"startsAt":"2026-11-24T03:42:54.123456789Z","endsAt":"0001-01-01T00:00:00Z"}]}"#

@Suite struct ReceiverTests {
    @Test func `a webhook is answered by what it is`() async throws {
        try await Desk.run { desk in
            try await receiver(desk) { (url: String) async throws in
                #expect(try await send(firing, to: url).status == 200)
                #expect(try await send(firing, to: url).status == 200)
                #expect(try await send(firing, to: url, token: nil).status == 401)
                #expect(try await send(firing, to: url, token: "secreT").status == 401)
                for malformed in [
                    "", "{", "[]", "{}", #"{"alerts":[1]}"#, #"{"alerts":[{"labels":{"a":1}}]}"#,
                    #"{"alerts":[{"status":"odd","labels":{"a":"b"}}]}"#,
                ] {
                    let answer = try await send(malformed, to: url)
                    #expect(answer.status == 400 && answer.type == "application/problem+json", "\(malformed)")
                    let detail = try JSON(parsing: answer.body)["detail"].string
                    #expect(detail?.isEmpty == false)
                }
                #expect(try await send(String(repeating: " ", count: 10_001), to: url).status == 413)
                let expected: [(AlertingMetrics.Result, Int)] = [(.accepted, 1), (.repeated, 1), (.unauthorized, 2), (.malformed, 7), (.tooLarge, 1)]
                for (result, count) in expected { #expect(desk.metrics.value(.webhooks, result) == count, "\(result)") }
                #expect(
                    desk.metrics.samples.contains { $0.name == "jubako_alert_webhooks_total" && $0.labels == ["result": "accepted"] && $0.value == 1 }
                )
            }
        }
    }

    @Test func `a store that cannot write is 503, and the repetition is no repetition`() async throws {
        let store = try FullStore()
        try await Desk.run(store: store) { desk in
            try await receiver(desk) { (url: String) async throws in
                store.isFull.withLock { $0 = true }
                #expect(try await send(firing, to: url).status == 503)
                #expect(try await send(firing, to: url).status == 503)
                store.isFull.withLock { $0 = false }
                #expect(try await send(firing, to: url).status == 200)
                #expect(desk.metrics.value(.webhooks, .accepted) == 1)
                #expect(try await Outbox(store: store).load().incidents.count == 1)
                try await eventually("told") { await desk.posted("sre").count == 1 }
            }
        }
    }

    @Test func `webhooks of all versions are read`() throws {
        let moment = Date(timeIntervalSince1970: 1_790_000_000)
        let old = try Webhook(parsing: Array(firing.utf8), at: moment)
        #expect(old.alerts.first?.endsAt == nil && old.alerts.first?.fingerprint.count == 16 && !old.groupKey.isEmpty)
        let new = try Webhook(
            parsing: Array(
                #"""
                {"version":"4","groupKey":"{}:{app=\"x\"}","truncatedAlerts":3,"status":"firing","receiver":"jubako","notification_reason":"new alerts added",
                "routeLabels":{"a":"b"},"groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://am","future":[1],
                "alerts":[{"status":"resolved","labels":{"app":"x"},"annotations":null,"startsAt":"2026-11-24T12:42:54+09:00","endsAt":"2026-11-24T03:43:00Z",
                "generatorURL":"http://p","fingerprint":"f00"}]}
                """#.utf8), at: moment)
        let alert = try #require(new.alerts.first)
        #expect(new.truncatedAlerts == 3 && alert.status == .resolved && alert.fingerprint == "f00")
        #expect(Timestamp.text(alert.startsAt) == "2026-11-24T03:42:54.000Z")
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"), ("2024-02-29T23:59:59.9994Z", "2024-02-29T23:59:59.999Z"),
        ("2026-01-01T00:30:00.5+01:00", "2025-12-31T23:30:00.500Z"), ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000Z"),
        ("2000-03-01t00:00:00z", "2000-03-01T00:00:00.000Z"), ("0001-01-01T00:00:00Z", nil), ("2026-13-01T00:00:00Z", nil), ("2026-01-01", nil),
        ("2026-01-01T00:00:00", nil), ("2026-01-01T00:00:00Zz", nil), ("", nil),
    ])
    func `times are RFC 3339`(text: String, expected: String?) {
        #expect(Timestamp.date(text).map(Timestamp.text) == expected)
    }

    @Test func `every day is read as it is written`() {
        for day in stride(from: -20_000, through: 40_000, by: 13) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 0.25)
            #expect(Timestamp.date(Timestamp.text(date)) == date)
        }
    }
}
