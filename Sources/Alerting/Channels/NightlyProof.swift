import Foundation
public import Logging
public import ServiceLifecycle

/// Proves every channel again, once a night. Nobody hears of it unless it fails.
public struct NightlyProof: Service {
    private let proof: ChannelProof
    private let settings: ChannelSettings
    private let troubles: ChannelTroubles
    private let hour: Int
    private let logger: Logger

    /// - Parameter hour: of the day, in UTC.
    public init(proof: ChannelProof, settings: ChannelSettings, troubles: ChannelTroubles, hour: Int = 18, logger: Logger) {
        self.proof = proof
        self.settings = settings
        self.troubles = troubles
        self.hour = hour
        self.logger = logger
    }

    public func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let wait = Self.next(after: Date(), hour: hour).timeIntervalSinceNow
            guard (try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(wait)) }) != nil else { return }
            await proveAll()
        }
    }

    /// One round over all channels, one after the other.
    public func proveAll() async {
        do {
            for setting in try await settings.all() where !Task.isCancelled && !Task.isShuttingDownGracefully {
                let proved = try await proof.proveAgain(setting)
                guard let failure = proved.failure else {
                    try await troubles.clear(channel: setting.channel)
                    continue
                }
                logger.error("a channel does not work", metadata: ["app": "\(setting.app)", "channel": "\(setting.channel)", "reason": "\(failure)"])
                try await troubles.note(
                    SlackError(.channel, code: "proof_failed", failure), channel: setting.channel, apps: [setting.app], at: Date())
            }
        } catch {
            logger.error("the channels cannot be proved", metadata: ["error": "\(error)"])
        }
    }

    /// The first full `hour` after `date`.
    static func next(after date: Date, hour: Int) -> Date {
        let day = (date.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400
        let today = Date(timeIntervalSince1970: day + Double(hour) * 3_600)
        return today > date ? today : today + 86_400
    }
}
