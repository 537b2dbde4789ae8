import Foundation
import ServiceModel
import Testing

@testable import Definitions

private let app = """
    local lib = import 'lib/base.libsonnet';
    local secret(name) = std.native('provide.file')(std.toString({ path: 'secrets.env' }), name);
    lib.app(std.extVar('appId')) + { app+: { env: { TOKEN: secret('token'), DB: std.native('provide.yaml')('{"path": "s.yml"}', 'db.host') } } }
    """

private let files = [
    "web.jsonnet": app, "secrets.env": "token=t0p", "s.yml": "db: {host: h}",
    "lib/base.libsonnet": "{ app(id): { scheduler: { type: 'ecs', desired_count: 1 }, app: { image: id, memory: (import 'memory.json').small } } }",
    "lib/memory.json": "{\"small\": 64}",
]

@Test func `Jsonnet gets placeholders or values`() async throws {
    try await Workspace.with(files) { workspace in
        let scheduler = #""scheduler":{"desired_count":1,"type":"ecs"}}"#
        #expect(
            await workspace.document("web.jsonnet")
                == #"{"app":{"env":{"DB":"${db.host}","TOKEN":"${token}"},"image":"web","memory":64},"# + scheduler)
        #expect(
            await workspace.document("web.jsonnet", mode: .expand)
                == #"{"app":{"env":{"DB":"h","TOKEN":"t0p"},"image":"web","memory":64},"# + scheduler)
        let environment = try await workspace.load("web.jsonnet").taskDefinition["containerDefinitions"][0]["environment"]
        #expect(environment.text == #"[{"name":"DB","value":"h"},{"name":"TOKEN","value":"t0p"}]"#)
    }
}

@Test func `a name that no provider has is found with and without values`() async throws {
    try await Workspace.with(files.merging(["secrets.env": "other=1"]) { $1 }) { workspace in
        let expected = "web.jsonnet:2:22: provide.file: there is no token in secrets.env"
        #expect(await workspace.problems("web.jsonnet") == expected)
        #expect(await workspace.problems("web.jsonnet", .init(mode: .check)) == "web.jsonnet:1:1: provide.file: there is no token in secrets.env")
        #expect(await workspace.problems("web.jsonnet", .init(mode: .placeholders)) == "")
    }
}

@Test func `what was rendered is kept without secrets and as long as its files stay`() async throws {
    try await Workspace.with(files) { workspace in
        let folder = workspace.path("cache/jsonnet")
        func kept() throws -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }
        _ = try await workspace.load("web.jsonnet")
        #expect(try kept() == [])
        #expect(await workspace.problems("web.jsonnet", .init(mode: .check)) == "")
        let file = folder + "/" + (try #require(kept().first))
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("token") && !text.contains("t0p"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        // a kept result is used: it says what it was made to say
        try text.replacing("\"memory\":64", with: "\"memory\":65").write(toFile: file, atomically: true, encoding: .utf8)
        #expect(await workspace.document("web.jsonnet").contains(#""memory":65"#))
        #expect(await workspace.document("web.jsonnet", mode: .expand).contains(#""memory":64"#))
        try workspace.write("lib/memory.json", "{\"small\": 66}")
        #expect(await workspace.document("web.jsonnet").contains(#""memory":66"#))
        #expect(try kept().count == 1)

        try "{broken".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(await workspace.document("web.jsonnet").contains(#""memory":66"#))
        try workspace.write("secrets.env", "other=1")
        #expect(await workspace.problems("web.jsonnet", .init(mode: .check)).contains("there is no token"))
    }
}

@Test(arguments: [
    ("{ a: b }", "web.jsonnet:1:6: Unknown variable: b"),
    ("{\n  a: 1,\n  a: 2 }", "web.jsonnet:3:3: duplicate field: a"),
    ("{\n  a: ", "web.jsonnet:2:6: unexpected end of file."),
    ("{ a: error 'no' }", "web.jsonnet:1:6: no"),
    ("{\n  a: (import 'x.libsonnet').f(1) }", "x.libsonnet:2:3: deep"),
    ("{ a: import 'none.libsonnet' }", "web.jsonnet:1:6: couldn't open import \"none.libsonnet\": none.libsonnet: no such file or directory"),
    (
        "{ a: std.trim(' x') }",
        "web.jsonnet:1:6: field does not exist: trim. std.trim came with jsonnet 0.21 (also go-jsonnet); libjsonnet here is 0.18, write it out or import it from a file"
    ),
    ("{ a: std.extVar('env') }", "web.jsonnet:1:6: undefined external variable: env"),
    ("{ a: std.native('provide.vault')('{}', 'x') }", "web.jsonnet:1:6: only functions can be called, got null"),
    ("{ a: std.native('provide.file')('{}', 'x') }", "web.jsonnet:1:6: provide.file: path is missing"),
    ("{ a: std.native('provide.file')('x', 'x') }", "web.jsonnet:1:6: provide.file: the options are not JSON text: use std.toString({path: '…'})"),
    ("{ a: std.native('provide.file')(5, 'x') }", "web.jsonnet:1:6: provide.file takes two strings: the options as JSON text, and the name"),
])
func `an evaluation that fails says where`(text: String, expected: String) async throws {
    try await Workspace.with(["web.jsonnet": text, "x.libsonnet": "{ f(x)::\n  error 'deep' }"]) { workspace in
        let found = await workspace.document("web.jsonnet", mode: .expand)
        #expect(found == expected)
    }
}

@Test func `problems of a rendered document are found by their key`() async throws {
    let text = """
        local base = import 'base.libsonnet';
        base + {
          scheduler+: { launch_typ: 'EC2', cpu: 5 },
          app+: { "essential": 'x', env: { PORT: 80 }, cpu: 'y' },
        }
        """
    let base = "{ scheduler: { type: 'ecs', desired_count: 'two' }, app: { image: 'é', memory:: 5, memory_reservation: 'z' } }"
    try await Workspace.with(["web.jsonnet": text, "base.libsonnet": base]) { workspace in
        let expected = """
            web.jsonnet:1:1: cpu must be a string, not an integer: write '5'
            web.jsonnet:1:1: cpu must be an integer, not a string
            web.jsonnet:3:17: unknown key launch_typ, did you mean launch_type?
            web.jsonnet:4:11: essential must be true or false, not a string
            web.jsonnet:4:36: PORT must be a string, not an integer: write '80'
            base.libsonnet:1:29: desired_count must be an integer, not a string
            base.libsonnet:1:84: memory_reservation must be an integer, not a string
            """
        let found = await workspace.problems("web.jsonnet")
        #expect(found == expected)
    }
}

@Test(arguments: [
    (#"{"scheduler": {"type": "ecs", "desired_count": 1}, "app": {"memory": 64, "image": "web"}}"#, ""),
    (
        "{\"scheduler\": {\"type\": \"ecs\",\n \"desired_count\": 1},\n \"app\": {\"memory\": \"x\", \"image\": 5}}",
        "web.json:3:20: memory must be an integer, not a string\nweb.json:3:34: image must be a string, not an integer: write '5'"
    ),
    ("{\"a\": 1,\n \"a\": 2}", "web.json:2:2: duplicate field: a"),
    ("{ scheduler: { type: 'ecs', desired_count: 1 }, app: { memory: 64, image: std.extVar('appId') } }", ""),
])
func `a JSON file is Jsonnet that mostly needs no evaluation`(text: String, expected: String) async throws {
    try await Workspace.with(["web.json": text]) { workspace in
        let found = await workspace.problems("web.json")
        #expect(found == expected)
    }
}

@Test func `JSON's keys come in the order of Jsonnet`() async throws {
    let text = #"{"b": 1, "a": {"d": [{"z": 1, "Z": 2}], "c": 1e3}}"#
    try await Workspace.with(["x.json": text, "y.jsonnet": text]) { workspace in
        let json = await workspace.document("x.json")
        #expect(json == #"{"a":{"c":1000,"d":[{"Z":2,"z":1}]},"b":1}"#)
        #expect(await workspace.document("y.jsonnet") == json)
    }
}
