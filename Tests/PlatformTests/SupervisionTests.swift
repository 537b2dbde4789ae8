import AsyncHTTPClient
import Definitions
import Foundation
import Logging
import Monitoring
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import ServiceModel
import TestSupport
import Testing

@testable import Platform

private let environment = ProcessInfo.processInfo.environment
private let isInstalled =
    ["prometheus", "prometheus-alertmanager"].allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
    && (try? Tool.promtool.path(environment: environment)) != nil && (try? Tool.amtool.path(environment: environment)) != nil

private func text(_ url: String) async -> String? {
    guard let answer = try? await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(5)), answer.status == .ok else {
        return nil
    }
    return (try? await answer.body.collect(upTo: 1 << 24)).map { String(buffer: $0) }
}

@Suite struct `Supervised programs` {
    @Test func `are started again ever more patiently, within bounds`() {
        let pauses = (0...20).map { ChildProcess.pause(afterFailures: $0) }
        #expect(pauses.first == .milliseconds(100) && pauses.last == .seconds(15))
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test(.enabled(if: isInstalled, "Prometheus or Alertmanager is not installed"), .timeLimit(.minutes(2)))
    func `come back with their configuration when they are killed`() async throws {
        try await withTemporaryDirectory { folder in
            let cookbook = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "examples/cookbook").path
            try Data("secret\n".utf8).write(to: folder.appending(path: "token"))
            var settings = MonitoringStack.Settings(
                directory: folder.appending(path: "monitoring").path, server: "http://127.0.0.1:\(try await PortReservation.free())",
                engine: "127.0.0.1:\(try await PortReservation.free())", tokenFile: folder.appending(path: "token").path, environment: environment)
            settings.prometheusPort = try await PortReservation.free()
            settings.alertmanagerPort = try await PortReservation.free()
            settings.interval = 1
            var logger = Logger(label: "stack")
            logger.logLevel = .critical
            let catalog = await LiveCatalog.load(CatalogSource(organizationFile: nil, paths: [], loader: DefinitionLoader(cacheDirectory: nil)))
            let stack = try await MonitoringStack(settings, catalog: catalog, library: RuleLibrary(folder: cookbook + "/rules"), logger: logger)
            let group = ServiceGroup(configuration: .init(services: stack.services.map { .init(service: $0) }, logger: logger))
            try await withThrowingTaskGroup(of: Void.self) { [settings] tasks in
                tasks.addTask { try await group.run() }
                do { try await Self.killAndExpect(settings) } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            for name in ["prometheus", "alertmanager"] { #expect(Self.pid(name, settings) == nil) }
        }
    }

    private static func killAndExpect(_ settings: MonitoringStack.Settings) async throws {
        var before: [String: pid_t] = [:]
        try await eventually("both are ready") { await isReady(settings) }
        for name in ["prometheus", "alertmanager"] {
            let process = try #require(pid(name, settings))
            before[name] = process
            kill(process, SIGKILL)
        }
        for name in ["prometheus", "alertmanager"] {
            try await eventually("\(name) has a new process") { pid(name, settings).map { $0 != before[name] } ?? false }
        }
        try await eventually("both are ready again") { await isReady(settings) }
        let configuration = try #require(await text("http://\(settings.prometheus)/api/v1/status/config"))
        #expect(configuration.contains("\(settings.server)/api/prometheus/targets"))
        #expect(await text("http://\(settings.prometheus)/api/v1/rules")?.contains("AppErrorRatioHigh") == true)
        let status = try JSON(parsing: try #require(await text("http://\(settings.alertmanager)/api/v2/status")))
        #expect(status["config"]["original"].string?.contains("\(settings.server)/api/alertmanager") == true)
    }

    private static func isReady(_ settings: MonitoringStack.Settings) async -> Bool {
        for address in [settings.prometheus, settings.alertmanager] where await text("http://\(address)/-/ready") == nil { return false }
        return true
    }

    private static func pid(_ name: String, _ settings: MonitoringStack.Settings) -> pid_t? {
        (try? String(contentsOfFile: "\(settings.directory)/\(name).pid", encoding: .utf8)).flatMap { pid_t($0) }
    }
}
