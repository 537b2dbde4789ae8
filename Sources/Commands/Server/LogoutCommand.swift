import ArgumentParser
import Deployments
import Foundation
import NIOHTTP1
import ServiceModel

/// `jubako logout`.
struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Forget the token of a server, and revoke it there.")

    @Option(help: "The server's address. (default: that of the last login)")
    var server: String?

    func run() async throws {
        try await Invocation.run("logout") { _ in
            var saved = SavedLogins(environment: ProcessInfo.processInfo.environment)
            guard let url = server.map(ServerAccess.plain) ?? saved.standard, let login = saved[url] else {
                throw DeployError("no login is saved\(server.map { " for \($0)" } ?? "")")
            }
            try saved.remove(url)
            do {
                if !login.id.isEmpty { _ = try await ServerAccess(url: url, token: login.token).call(.DELETE, "/api/me/tokens/\(login.id)") }
                Terminal.error("signed out of \(url)")
            } catch {
                Terminal.error("signed out of \(url) here; its token is not revoked there: \(error)")
            }
        }
    }
}
