import Foundation
import NIOHTTP1
import TestSupport
import Testing

@testable import Commands

@Suite struct `The server that a command talks to` {
    @Test func `comes from the flag, the environment, the saved login, and then is this machine's own`() async throws {
        try await withTemporaryDirectory { folder in
            let state = folder.appending(path: "state")
            try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
            try Data("own\n".utf8).write(to: state.appending(path: "server.token"))
            try Data("file\n".utf8).write(to: folder.appending(path: "token"))
            let file = folder.appending(path: "token").path()
            var environment = ["XDG_CONFIG_HOME": folder.path(), "JUBAKO_DATA_DIR": state.path()]
            func access(_ server: String? = nil, file: String? = nil) -> [String?] {
                let access = ServerAccess(server: server, tokenFile: file, environment: environment)
                return [access.url, access.token]
            }
            #expect(access() == ["http://127.0.0.1:7700", "own"])
            #expect(access("https://c.example/") == ["https://c.example", nil], "this machine's token is shown to no other")
            #expect(ServerAccess.own(environment).token == "own")
            #expect(ServerAccess.own(environment, server: "https://c.example").token == nil)
            #expect(ServerAccess.own(environment, server: "https://c.example", tokenFile: file).token == "file")
            var saved = SavedLogins(environment: environment)
            try saved.keep(.init(token: "saved", id: "1", name: "ann"), for: "https://c.example")
            #expect(access() == ["https://c.example", "saved"])
            #expect(access("http://127.0.0.1:7700") == ["http://127.0.0.1:7700", "own"])
            #expect(access("https://other.example") == ["https://other.example", nil])
            environment["JUBAKO_SERVER_PORT"] = "7800"
            #expect(access() == ["http://127.0.0.1:7800", "own"])
            environment["JUBAKO_SERVER"] = "https://c.example"
            #expect(access() == ["https://c.example", "saved"])
            environment["JUBAKO_TOKEN"] = "variable"
            #expect(access() == ["https://c.example", "variable"])
            #expect(access(file: file) == ["https://c.example", "file"])
        }
    }

    @Test func `keeps logins for their owner's eyes only`() async throws {
        try await withTemporaryDirectory { folder in
            let environment = ["XDG_CONFIG_HOME": folder.path()]
            var saved = SavedLogins(environment: environment)
            try saved.keep(.init(token: "a", id: "1", name: "ann"), for: "https://a.example")
            try saved.keep(.init(token: "b", id: "2", name: "ann"), for: "https://b.example")
            let mode = try FileManager.default.attributesOfItem(atPath: saved.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path() + "/jubako") == ["credentials.json"])
            var again = SavedLogins(environment: environment)
            #expect(again.standard == "https://b.example" && again["https://a.example"]?.token == "a")
            try again.remove("https://b.example")
            #expect(SavedLogins(environment: environment).standard == "https://a.example")
            await #expect(throws: (any Error).self, "a token is not sent in the open") {
                try await ServerAccess(url: "http://c.example", token: "t").call(.GET, "/api/me")
            }
        }
    }
}
