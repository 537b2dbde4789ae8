public import Definitions
import Foundation
public import Logging
public import PrometheusText
public import ServiceLifecycle

/// Looks once an hour until when the certificates of the apps' public addresses hold.
public actor CertificateWatch: Service {
    private struct Place: Hashable {
        let app: String
        let host: String
        let port: Int
    }

    private let catalog: @Sendable () async -> Catalog
    private let environment: String
    private let logger: Logger
    private var expiries: [Place: Date] = [:]
    private var lookedAt: [Place: ContinuousClock.Instant] = [:]

    /// - Parameter environment: the label that goes with the metrics.
    public init(catalog: @escaping @Sendable () async -> Catalog, environment: String, logger: Logger) {
        self.catalog = catalog
        self.environment = environment
        self.logger = logger
    }

    public func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            await cancelWhenGracefulShutdown {
                await self.look()
                try? await Task.sleep(for: .seconds(10))
            }
        }
    }

    /// Looks at what is new or was looked at an hour ago; what does not answer is asked again after a minute and keeps what was known.
    func look() async {
        let places = Self.places(await catalog())
        expiries = expiries.filter { places.contains($0.key) }
        lookedAt = lookedAt.filter { places.contains($0.key) }
        for place in places where lookedAt[place].map({ ContinuousClock.now > $0 }) ?? true {
            guard !Task.isCancelled else { return }
            do {
                expiries[place] = try await Certificate.expiry(host: place.host, port: place.port)
                lookedAt[place] = .now + .seconds(3600)
            } catch {
                lookedAt[place] = .now + .seconds(60)
                logger.info("a certificate cannot be read", metadata: ["app": "\(place.app)", "host": "\(place.host)", "error": "\(error)"])
            }
        }
    }

    private static func places(_ catalog: Catalog) -> Set<Place> {
        Set(
            catalog.apps.values.compactMap { app in
                guard let url = app.monitoring?.url.flatMap({ URL(string: $0) }), url.scheme == "https", let host = url.host() else { return nil }
                return Place(app: app.name, host: host, port: url.port ?? 443)
            })
    }

    /// - `jubako_certificate_expiry_timestamp_seconds{app,environment,host}`: when each certificate ends.
    public func write(to exposition: inout Exposition) {
        guard !expiries.isEmpty else { return }
        let name = "jubako_certificate_expiry_timestamp_seconds"
        exposition.family(name, .gauge, "When the certificate of an app's public address ends.")
        for (place, date) in expiries.sorted(by: { ($0.key.app, $0.key.host) < ($1.key.app, $1.key.host) }) {
            exposition.sample(
                name, [("app", place.app), ("environment", environment), ("cluster", ""), ("host", place.host)], date.timeIntervalSince1970)
        }
    }
}
