import Alerting
import Definitions
import Hummingbird
import Monitoring
import NIOCore
import PrometheusText

/// What Prometheus reads: whom to scrape, and the server's own metrics.
struct PrometheusRoutes: Sendable {
    let refresher: TargetRefresher
    let catalog: LiveCatalog
    let library: RuleLibrary
    let thresholds: ThresholdSettings
    let alerting: AlertingMetrics
    let watchdog: Watchdog
    let certificates: CertificateWatch
    let hub: EventHub

    func add(to router: some RouterMethods<some RequestContext>) {
        router.get("/api/prometheus/targets") { _, _ in
            guard let document = await refresher.document else {
                return Problem.response(.serviceUnavailable, "the tasks have not been read yet")
            }
            return Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: document)))
        }
        router.get("/metrics") { _, _ in
            // Without what was set, wrong thresholds would hold; the rules remember the last ones for an hour.
            guard let settings = try? await thresholds.all() else {
                return Problem.response(.serviceUnavailable, "the thresholds that were set cannot be read")
            }
            return Self.exposition(await own(CatalogMetrics.Overrides(settings)))
        }
    }

    private func own(_ overrides: CatalogMetrics.Overrides) async -> String {
        var text = Exposition()
        CatalogMetrics(await catalog.catalog, overrides: overrides, rules: library.alerts).write(to: &text)
        await refresher.status.write(to: &text)
        watchdog.write(to: &text)
        await certificates.write(to: &text)
        text.family("jubako_event_streams", .gauge, "Browsers and programs that listen to the events of the pages.")
        text.sample("jubako_event_streams", [], Double(await hub.count))
        var family = ""
        for sample in alerting.samples {
            if sample.name != family {
                family = sample.name
                text.family(family, family.hasSuffix("_total") ? .counter : .gauge, "See docs/alerting.md.")
            }
            text.sample(sample.name, sample.labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, sample.value)
        }
        return text.text
    }

    private static func exposition(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
