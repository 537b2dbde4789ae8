import ArgumentParser
import Deployments
import Foundation
import NIOHTTP1
import ServiceModel

/// `jubako login`.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Sign this command line in at a server, or print a link that signs a browser in.",
        discussion: """
            With --server it shows a code, which somebody who is signed in there confirms in the browser; the command line then has a token of \
            its own, which is kept in credentials.json of the settings folder. With --with-token the token is read from stdin. Without a server \
            it prints a link that signs a browser in at this machine's own server, once, within 15 minutes.
            """)

    @Option(help: "The server's address. [env: JUBAKO_SERVER]")
    var server: String?

    @Flag(help: "Read a token from stdin, and keep it.")
    var withToken = false

    @Flag(help: "Print a link that signs a browser in at this machine's own server.")
    var link = false

    @Option(help: "For the link: the file with the server's own token. [env: JUBAKO_TOKEN_FILE] (default: that of jubako up on this machine)")
    var tokenFile: String?

    func validate() throws {
        if link, withToken { throw ValidationError("--link and --with-token exclude each other") }
    }

    func run() async throws {
        try await Invocation.run("login") { invocation in
            let environment = ProcessInfo.processInfo.environment
            let named = server ?? environment["JUBAKO_SERVER"].flatMap { $0.isEmpty ? nil : $0 }
            guard !link, named != nil || withToken else {
                let access = ServerAccess.own(environment, server: named, tokenFile: tokenFile)
                let answer = try await access.call(.POST, "/api/sign-in-links", body: [:])
                return Terminal.output(answer["url"].string ?? "")
            }
            let url = ServerAccess.plain(named ?? ServerAccess.own(environment).url)
            let login = withToken ? try await Self.typed(url) : try await Self.confirmed(url, invocation.interruption)
            var saved = SavedLogins(environment: environment)
            try saved.keep(login, for: url)
            Terminal.error("signed in at \(url) as \(login.name); the token is in \(saved.path)")
        }
    }

    /// A token that somebody made on the page of tokens.
    private static func typed(_ url: String) async throws -> SavedLogins.Login {
        guard let token = readLine()?.trimmingCharacters(in: .whitespaces), !token.isEmpty else {
            throw DeployError("no token on stdin: make one at \(url)/me/tokens, then: jubako login --server \(url) --with-token < FILE")
        }
        let me = try await ServerAccess(url: url, token: token).call(.GET, "/api/me")
        return SavedLogins.Login(token: token, id: me["token_id"].string ?? "", name: me["name"].string ?? "somebody")
    }

    /// A token for a code that somebody confirms in the browser.
    private static func confirmed(_ url: String, _ interruption: Interruption) async throws -> SavedLogins.Login {
        let access = ServerAccess(url: url, token: nil)
        let begun = try await access.call(.POST, "/api/login/device", body: ["host": .string(ProcessInfo.processInfo.hostName)])
        guard let code = begun["code"].string, let page = begun["url"].string else { throw DeployError("\(url) is no Jubako server") }
        Terminal.error("Open \(page) in a browser where you are signed in, and type this code:\n\n  \(code)\n\nWaiting…")
        let end = ContinuousClock.now + .seconds(begun["expires_in"].int ?? 600)
        while ContinuousClock.now < end {
            try await Task.sleep(for: .seconds(min(max(begun["interval"].int ?? 2, 1), 30)))
            guard await !interruption.isRequested else { throw DeployError("stopped before the code was confirmed; it is worth nothing now") }
            let answer = try await access.call(.POST, "/api/login/device/token", body: ["code": begun["code"], "secret": begun["secret"]])
            guard let token = answer["token"].string else { continue }
            return SavedLogins.Login(token: token, id: answer["id"].string ?? "", name: answer["person"].string ?? "somebody")
        }
        throw DeployError("nobody confirmed the code within ten minutes: begin again with jubako login --server \(url)")
    }
}
