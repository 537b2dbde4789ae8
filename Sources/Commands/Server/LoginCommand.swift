import ArgumentParser
import NIOHTTP1
import ServiceModel

/// `jubako login`.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Print a link that signs a browser in at the server, once.",
        discussion: "It holds for 15 minutes. It takes the server's token, which only whoever runs the server can read.")

    @OptionGroup var server: ServerConnection

    func run() async throws {
        try await Invocation.run("login") { _ in
            Terminal.output(try await server.call(.POST, "/api/sign-in-links", body: [:])["url"].string ?? "")
        }
    }
}
