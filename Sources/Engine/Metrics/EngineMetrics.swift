import AsyncHTTPClient
import Foundation
import NIOCore
import PrometheusText

/// What the engine tells Prometheus: its services and their containers, the requests to them, and HAProxy's own figures.
struct EngineMetrics: Sendable {
    let core: EngineCore
    let accessLog: AccessLog
    let usage: ContainerUsage
    /// Cores of the machine.
    let cores: Int
    /// Where HAProxy's exporter answers.
    let exporterSocket: String

    /// `GET /metrics`.
    func text() async -> String {
        let (services, pools) = await core.facts
        let usages = await usage.latest(services.flatMap { $0.containers.map(\.dockerID) })
        var text = Exposition()
        writeServices(services, to: &text)
        writeContainers(services, usages, to: &text)
        writeRequests(services, pools, to: &text)
        return text.text
    }

    /// `GET /metrics/haproxy`: what HAProxy's exporter says, with the app beside each of our pools.
    func haproxy() async throws -> String {
        let url = "http+unix://\(DockerClient.encode(exporterSocket))/metrics?scope=backend&scope=server&scope=frontend&scope=global"
        let answer = try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(5))
        let body = String(buffer: try await answer.body.collect(upTo: 16 << 20))
        let (services, pools) = await core.facts
        return Self.withApps(body, Self.owners(services, pools))
    }

    /// Puts `app` and `cluster` into the samples of pools that belong to one.
    static func withApps(_ text: String, _ owners: [String: ServiceFacts]) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let start = line.firstRange(of: "proxy=\""), let end = line[start.upperBound...].firstIndex(of: "\""),
                let owner = owners[String(line[start.upperBound..<end])]
            else { return String(line) }
            return line[..<start.lowerBound] + "app=\"\(owner.app)\",cluster=\"\(owner.cluster)\"," + line[start.lowerBound...]
        }.joined(separator: "\n")
    }

    /// The service behind each pool, by the pool's name.
    private static func owners(_ services: [ServiceFacts], _ pools: [String: String]) -> [String: ServiceFacts] {
        let pairs = services.flatMap { service in service.targetGroups.compactMap { group in pools[group].map { ($0, service) } } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private func writeServices(_ services: [ServiceFacts], to text: inout Exposition) {
        func family(_ name: String, _ kind: Exposition.Kind, _ help: String, _ value: (ServiceFacts) -> Int) {
            text.family(name, kind, help)
            for service in services { text.sample(name, ["app": service.app, "cluster": service.cluster], Double(value(service))) }
        }
        family("jubako_service_desired_tasks", .gauge, "Tasks that the service is to have.") { $0.desired }
        family("jubako_service_running_tasks", .gauge, "Tasks of the service that run.") { $0.running }
        family("jubako_task_stops_total", .counter, "Tasks of the service that ended without being asked to.") { $0.stops }
        family("jubako_deployment_failed", .gauge, "1 while the last deployment of the service is one that failed.") { $0.deploymentFailed ? 1 : 0 }
    }

    private func writeContainers(_ services: [ServiceFacts], _ usages: [String: ContainerUsage.Usage], to text: inout Exposition) {
        func family(_ name: String, _ help: String, _ value: (ServiceFacts.Container, ContainerUsage.Usage) -> Double?) {
            text.family(name, .gauge, help)
            for service in services {
                for container in service.containers {
                    guard let usage = usages[container.dockerID], let value = value(container, usage) else { continue }
                    text.sample(name, ["app": service.app, "cluster": service.cluster, "task": container.task, "container": container.name], value)
                }
            }
        }
        family("jubako_container_cpu_ratio", "CPU in use, of what the container's definition asks for, or of the machine.") { container, usage in
            usage.cores.map { $0 / (container.cpu > 0 ? Double(container.cpu) / 1024 : Double(cores)) }
        }
        family("jubako_container_memory_ratio", "Memory in use, of the container's limit.") { _, usage in usage.memoryLimit.map { usage.memory / $0 }
        }
        family("jubako_container_memory_bytes", "Memory in use, without file cache.") { _, usage in usage.memory }
    }

    private func writeRequests(_ services: [ServiceFacts], _ pools: [String: String], to text: inout Exposition) {
        let requests = accessLog.requests
        let counted = Self.owners(services, pools).sorted { $0.key < $1.key }.compactMap { pool, service in
            requests[pool].map { (labels: [("app", service.app), ("cluster", service.cluster), ("pool", pool)], requests: $0) }
        }
        text.family("jubako_requests_total", .counter, "Requests to the app through its load balancer, by the class of their status.")
        for (labels, requests) in counted {
            for (status, count) in requests.statuses.sorted(by: { $0.key < $1.key }) {
                text.sample("jubako_requests_total", labels + [("code", "\(status)xx")], Double(count))
            }
        }
        text.family("jubako_http_request_duration_seconds", .histogram, "Time from a request's first byte to the answer's last one.")
        for (labels, requests) in counted { requests.duration.write("jubako_http_request_duration_seconds", labels, to: &text) }
    }
}
