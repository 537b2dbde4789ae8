import AWS
import Definitions
public import Deployments
import Engine
import Foundation
public import Logging
import ServiceLifecycle
import ServiceModel

/// `jubako up`: the whole platform on this machine, with the given apps deployed to it.
public struct Up: Sendable {
    /// What is told while it goes on.
    public enum News: Sendable {
        /// The engine answers, so many seconds after the start; the link signs one browser in at the server's pages.
        case ready(seconds: Double, signInLink: String?)
        case deploying(app: String)
        case progress(Report)
        case deployed(DeployResult, file: String)
        /// The app could not be deployed. The platform goes on.
        case failed(file: String, any Error)
        /// Everything that was asked for was tried.
        case settled
    }

    private let platform: PlatformConfiguration
    private var configuration: EngineConfiguration { platform.engine }
    private let files: [String]
    private let logger: Logger
    private let tell: @Sendable (News) -> Void

    /// - Parameter files: definitions to deploy once the engine is ready; those that run as they say are left alone.
    public init(_ platform: PlatformConfiguration, files: [String], logger: Logger, tell: @escaping @Sendable (News) -> Void) {
        self.platform = platform
        self.files = files
        self.logger = logger
        self.tell = tell
    }

    /// Runs until Ctrl-C or SIGTERM. Containers go on running; the next start adopts them.
    public func run() async throws {
        let start = ContinuousClock.now
        let (ready, isReady) = AsyncStream<Void>.makeStream()
        let watching = platform.watches ? try await Watching(platform, files: files, logger: logger) : nil
        let link = watching?.signInLink
        let engine = Engine(configuration, logger: logger) {
            let elapsed = (ContinuousClock.now - start).components
            tell(.ready(seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18, signInLink: link))
            isReady.yield()
        }
        try await Supervision.run(
            [FirstDeploys(up: self, releases: watching?.releases, ready: ready), engine] + (watching?.services ?? []), logger: logger)
    }

    /// Deploys the apps one after the other, then waits for the end.
    private struct FirstDeploys: Service {
        let up: Up
        let releases: (any ReleaseLog)?
        let ready: AsyncStream<Void>

        func run() async throws {
            await cancelWhenGracefulShutdown {
                for await _ in ready {
                    await up.deployAll(releases)
                }
            }
        }
    }

    private func deployAll(_ releases: (any ReleaseLog)?) async {
        do {
            let environment = ["AWS_ACCESS_KEY_ID": "jubako", "AWS_SECRET_ACCESS_KEY": "jubako"]
            let aws = try AWSConfiguration.resolve(
                environment: environment, profile: nil, region: configuration.locality.region,
                endpoint: "http://\(configuration.host):\(configuration.port)")
            let client = AWSClient(configuration: aws, logger: logger)
            for file in files where !Task.isCancelled { await deploy(file, client, releases) }
            await client.shutdown()
        } catch {
            tell(.failed(file: files.first ?? "", error))
        }
        tell(.settled)
    }

    private func deploy(_ file: String, _ client: AWSClient, _ releases: (any ReleaseLog)?) async {
        do {
            let loader = DefinitionLoader(environment: configuration.environment)
            let definition = try await loader.load(file, options: .init(mode: .resolve))
            tell(.deploying(app: definition.appID))
            var options = Deployer.Options()
            options.timeout = .seconds(120)
            options.entryPort = configuration.entryPort
            let written = try await loader.load(file, options: .init(mode: .placeholders))
            let redaction = Redaction(placeholders: written.taskDefinition, resolved: definition.taskDefinition)
            let recorder = releases.map { log in
                let draft = ReleaseDraft(kind: .deploy, by: configuration.environment["USER"] ?? "jubako up")
                return ReleaseRecorder(ReleaseRecord(app: definition.appID, draft: draft), log: log, redaction: redaction) {
                    tell(.progress(.warning($0)))
                }
            }
            let session = Session(
                calls: client, polling: .local,
                report: {
                    tell(.progress($0))
                    recorder?.report($0)
                })
            let deployer = Deployer(DesiredState(definition), options: options, session: session)
            let deploy = {
                try await deployer.deploy { plan in
                    guard plan.hasChanges, plan.errors.isEmpty else { return }
                    await recorder?.begin(changes: plan.json(redaction)["changes"], from: plan.running.map(Revision.name))
                }
            }
            let result = if let recorder { try await recorder.recorded(by: client, deploy) } else { try await deploy().explained(by: client) }
            tell(.deployed(result, file: file))
        } catch {
            tell(.failed(file: file, error))
        }
    }
}
