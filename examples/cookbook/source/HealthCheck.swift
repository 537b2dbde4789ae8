import ArgumentParser
import Foundation
import NIOCore

/// `recipes healthcheck`: the container's own health check; an image made from nothing has no curl.
struct HealthCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck", abstract: "Ask the app in this container for its health; exit 0 if it is well, 1 if not.")

    func run() async throws {
        let port = try Settings(environment: ProcessInfo.processInfo.environment).port
        let answer = try await fetch("http://127.0.0.1:\(port)/healthz", deadline: .seconds(3))
        print(answer.body)
        guard answer.code == 200 else { throw ExitCode.failure }
    }
}
