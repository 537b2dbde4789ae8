public import Foundation
public import Logging
public import ServiceLifecycle
import ServiceModel
public import Store

/// Tells apps' channels what is no alert. What is to be told is on disk until it was.
///
/// Items: partition `alerting/notices`, sort key the time and a UUID. They expire after a day: what is older helps nobody.
public struct ChannelNotices: Service {
    private static let partition = "alerting/notices"
    private static let lifetime: TimeInterval = 86_400
    private static let pause: Duration = .seconds(5)
    private let store: any Store
    private let router: AlertRouter
    private let slack: SlackClient
    private let logger: Logger
    private let bell = Bell()

    public init(store: any Store, router: AlertRouter, slack: SlackClient, logger: Logger) {
        self.store = store
        self.router = router
        self.slack = slack
        self.logger = logger
    }

    /// Keeps a text for the channel of an app. It is on disk when this returns.
    ///
    /// - Parameter link: where the reader finds the rest.
    public func post(_ text: String, link: String, app: String, at moment: Date = Date()) async throws(StoreError) {
        let body: JSON = ["text": .string(String(text.prefix(2_000))), "link": .string(link), "app": .string(app)]
        let key = StoreKey(partition: Self.partition, sort: "\(Timestamp.text(moment)) \(UUID().uuidString)")
        try await store.write([.put(key, body: body.bytes, condition: .none, expiry: moment + Self.lifetime)])
        bell.ring()
    }

    public func run() async throws {
        bell.ring()  // what an earlier process left
        await cancelWhenGracefulShutdown {
            for await _ in bell.rings {
                while await !tellAll() {
                    guard (try? await Task.sleep(for: Self.pause)) != nil else { return }
                }
            }
        }
    }

    /// Returns false when something has to be tried again.
    private func tellAll() async -> Bool {
        do {
            for item in try await store.query(partition: Self.partition) {
                guard try await tell(item) else { return false }
                try await store.write([.delete(item.key)])
            }
            return true
        } catch {
            if !Task.isCancelled { logger.error("a notice is not told yet", metadata: ["error": "\(error)"]) }
            return false
        }
    }

    /// Returns false when Slack may take it later.
    private func tell(_ item: StoreItem) async throws -> Bool {
        guard let json = try? JSON(parsing: item.body), let app = json["app"].string, let text = json["text"].string else { return true }
        let route = try await router.route(labels: ["app": app])
        guard let channel = route.channel else {
            logger.warning("nobody can be told of a notice", metadata: ["app": "\(app)", "why": "\(route.reasons.joined(separator: "; "))"])
            return true
        }
        let link = json["link"].string ?? ""
        do {
            _ = try await slack.post(SlackMessage(text: SlackText.escape(text, limit: 2_000) + (link.isEmpty ? "" : "\n<\(link)>")), to: channel)
            return true
        } catch let error as SlackError {
            logger.error("a channel did not take a notice", metadata: ["app": "\(app)", "channel": "\(channel)", "error": "\(error)"])
            switch error.kind {
            // what may have arrived is not told twice
            case .rateLimited, .transient(mayHaveArrived: false): return false
            default: return true
            }
        }
    }
}
