import Definitions
import Foundation
import Logging
import PrometheusText
import ServiceModel
import Synchronization
import TestSupport
import Testing

@testable import Monitoring

private let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

private func refresher(_ clusters: [ScriptedCluster], _ catalog: Catalog, patience: Duration = .seconds(600)) -> TargetRefresher {
    var settings = TargetRefresher.Settings(
        clusters: clusters.enumerated().map { .init(environment: "e\($0.offset)", cluster: "default", host: "127.0.0.1", calls: $0.element) })
    settings.patience = patience
    return TargetRefresher(settings, catalog: { catalog }, logger: quiet)
}

private func tasks(in refresher: TargetRefresher) async -> [String] {
    guard let document = await refresher.document else { return ["no list"] }
    return ((try? JSON(parsing: document)) ?? .null).array.map { "\($0["labels"]["environment"].string ?? "")/\($0["labels"]["task"].string ?? "")" }
}

@Test func `ten thousand tasks take no more calls than ECS makes necessary`() async throws {
    let apps = Dictionary(uniqueKeysWithValues: (0..<20).map { ("app\($0)", definition()) })
    try await withCatalog(apps) { catalog in
        // pages of another size than what is described at once
        let cluster = ScriptedCluster((0..<10_000).map { task("t\($0)", family: "app\($0 % 20)") }, page: 90)
        let refresher = refresher([cluster], catalog)
        await refresher.refresh()
        #expect(cluster.count("ListTasks") == 112)
        #expect(cluster.count("DescribeTasks") == 100)
        #expect(cluster.calls.count == 212)
        #expect(cluster.sizes.allSatisfy { $0 == 100 })
        #expect(await refresher.status.targets == 10_000)
        #expect(await tasks(in: refresher).count == 10_000)
    }
}

@Test func `a cluster that fails keeps its last targets, the others go on`() async throws {
    try await withCatalog(["web": definition()]) { catalog in
        let (first, second) = (ScriptedCluster([task("a")]), ScriptedCluster([task("b")]))
        let refresher = refresher([first, second], catalog)
        await refresher.refresh()
        #expect(await tasks(in: refresher) == ["e0/a", "e1/b"])
        first.fail("ListTasks")
        first.set([])
        second.set([task("c"), task("d")])
        await refresher.refresh()
        await refresher.refresh()
        #expect(await tasks(in: refresher) == ["e0/a", "e1/c", "e1/d"])
        let status = await refresher.status
        #expect(status.clusters.map(\.failures) == [2, 0])
        #expect(status.clusters[0].lastError?.contains("the connection broke") == true)
        var exposition = Exposition()
        status.write(to: &exposition)
        #expect(exposition.text.contains(#"jubako_targets_refresh_failures_total{environment="e0",cluster="default"} 2"#))
        #expect(exposition.text.contains("\njubako_targets 3\n"))
        first.fail()
        await refresher.refresh()
        #expect(await tasks(in: refresher) == ["e1/c", "e1/d"])
        #expect(await refresher.status.clusters[0].lastError == nil)
    }
}

@Test func `there is no list while a cluster was never read, unless that takes too long`() async throws {
    try await withCatalog(["web": definition()]) { catalog in
        let (good, bad) = (ScriptedCluster([task("a")]), ScriptedCluster([task("b")]))
        bad.fail("ListTasks")
        let strict = refresher([good, bad], catalog)
        await strict.refresh()
        #expect(await tasks(in: strict) == ["no list"])
        let impatient = refresher([good, bad], catalog, patience: .zero)
        await impatient.refresh()
        #expect(await tasks(in: impatient) == ["e0/a"])
        let lonely = refresher([bad], catalog, patience: .zero)
        await lonely.refresh()
        #expect(await tasks(in: lonely) == ["no list"])
        bad.fail()
        await strict.refresh()
        #expect(await tasks(in: strict) == ["e0/a", "e1/b"])
    }
}

@Test func `an empty cluster gives an empty list`() async throws {
    let refresher = refresher([ScriptedCluster()], Catalog())
    await refresher.refresh()
    #expect(await refresher.document == Array("[]".utf8))
}

@Test func `task definitions are read once, and only where tasks have addresses of their own`() async throws {
    try await withCatalog(["web": definition(), "quiet": definition("")]) { catalog in
        let own = [addressed("10.0.0.1")]
        let cluster = ScriptedCluster([
            task("a", containers: own), task("b", containers: own), task("c", revision: 2, containers: own), task("d"),
            task("e", family: "quiet", containers: own),
        ])
        let refresher = refresher([cluster], catalog)
        await refresher.refresh()
        await refresher.refresh()
        #expect(cluster.count("DescribeTaskDefinition") == 2)
        let list = try JSON(parsing: await refresher.document ?? [])
        #expect(list.array.map { $0["targets"][0].string } == ["10.0.0.1:9000", "10.0.0.1:9000", "10.0.0.1:9000", "127.0.0.1:32768"])
    }
}

@Test func `calls go out in a burst, then at their pace`() async throws {
    let time = Mutex(Duration.zero)
    let pace = CallPace(rate: 10, burst: 3, now: { time.withLock { $0 } }, sleep: { wait in time.withLock { $0 += wait } })
    var turns: [Duration] = []
    for _ in 0..<6 {
        try await pace.turn()
        turns.append(time.withLock { $0 })
    }
    #expect(turns == [.zero, .zero, .zero, .milliseconds(100), .milliseconds(200), .milliseconds(300)])
    time.withLock { $0 += .seconds(60) }
    for _ in 0..<3 { try await pace.turn() }
    #expect(time.withLock { $0 } == .milliseconds(60_300))
}

@Test func `the service reads again and again, and ends when it is told to`() async throws {
    try await withCatalog(["web": definition()]) { catalog in
        let cluster = ScriptedCluster([task("a")])
        var settings = TargetRefresher.Settings(clusters: [.init(environment: "e", cluster: "default", host: "127.0.0.1", calls: cluster)])
        settings.interval = .milliseconds(1)
        let refresher = TargetRefresher(settings, catalog: { catalog }, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await refresher.run() }
            try await eventually("three readings") { cluster.count("ListTasks") >= 3 }
            cluster.set([task("b")])
            try await eventually("the new task") { await tasks(in: refresher) == ["e/b"] }
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(await refresher.status.clusters[0].failures == 0)
    }
}
