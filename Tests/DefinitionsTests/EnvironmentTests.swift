import Foundation
import ServiceModel
import Testing

@testable import Definitions

@Test(arguments: [
    ("plain", "plain"), ("#{user}", "root"), ("a#{user}b#{user}c", "arootbrootc"), ("# {user}", "# {user}"), ("#user}", "#user}"),
    ("open #{user", "open #{user"), ("two #{us\ner}", "two #{us\ner}"), ("##{user}", "#{user}"), ("x##{user}#{user}", "x#{user}root"),
    ("\\#{user}", "\\root"), ("#{ user }", "blanks"), ("#{nested}", "#{user}"), ("ü#{naïve}ß", "üvalueß"), ("#{a}}", "1}"), ("", ""),
])
func `a name in braces gives way to its value`(text: String, expected: String) throws {
    let values = ["user": "root", " user ": "blanks", "nested": "#{user}", "naïve": "value", "a": "1"]
    #expect(EnvironmentTemplate(text)?.filled(with: values) == expected)
}

@Test func `an empty name is refused`() {
    #expect(EnvironmentTemplate("a#{}b") == nil)
    #expect(EnvironmentTemplate("a##{}b")?.filled(with: [:]) == "a#{}b")
}

@Test func `a file of lines is read as hako reads it`() async throws {
    let text = "A=1\n  B=x=y \r\n# C=3\n   # D=4\nno equals\nexport E='5'\nA=2\nF=\n=g"
    try await Workspace.with(["values.env": text]) { workspace in
        var providers = EnvironmentProviders(directory: workspace.directory.path)
        let values = try providers.values(of: .init(kind: .file, path: "values.env"))
        #expect(values == ["A": "2", "B": "x=y ", "export E": "'5'", "F": "", "": "g"])
    }
}

@Test func `a YAML file is flattened`() async throws {
    let text = "app:\n  db: {port: 3306, name: x}\n  list: [a, 1, yes]\nnothing:\nflag: on\n80: eighty\n"
    try await Workspace.with(["values.yml": text, "list.yml": "- 1"]) { workspace in
        var providers = EnvironmentProviders(directory: workspace.directory.path)
        #expect(
            try providers.values(of: .init(kind: .yaml, path: "values.yml")) == [
                "app.db.port": "3306", "app.db.name": "x", "app.list": "a,1,true", "nothing": "", "flag": "true", "80": "eighty",
            ])
        let other = try providers.values(of: .init(kind: .yaml, path: "values.yml", keySeparator: "/", listSeparator: " "))
        #expect(other["app/db/port"] == "3306" && other["app/list"] == "a 1 true")
        #expect(throws: ProviderError(message: "\(workspace.path("list.yml")): must be a map of names to values, not a list")) {
            try providers.values(of: .init(kind: .yaml, path: "list.yml"))
        }
    }
}

@Test func `providers are asked in order and only while names are open`() async throws {
    let env = """
          env:
            $providers:
              - {type: file, path: env/one.env}
              - {type: yaml, path: env/two.yml}
              - {type: file, path: env/does-not-exist.env}
            A: "#{a}"
            B: "#{b} and #{a}"
        """
    let files = ["app.yml": minimal(app: env), "env/one.env": "a=1", "env/two.yml": "a: no\nb: 2"]
    try await Workspace.with(files) { workspace in
        let definition = try await workspace.load("app.yml")
        let container = definition.taskDefinition["containerDefinitions"][0]
        #expect(container["environment"].text == #"[{"name":"A","value":"1"},{"name":"B","value":"2 and 1"}]"#)
        #expect(definition.document["app"]["env"]["A"] == "#{a}")
        let unread = try await workspace.load("app.yml", .init(mode: .placeholders))
        #expect(unread.taskDefinition["containerDefinitions"][0]["environment"][1]["value"] == "#{b} and #{a}")
        #expect(try await workspace.load("app.yml", .init(mode: .expand)).document["app"]["env"].text == #"{"A":"1","B":"2 and 1"}"#)
        #expect(try JSON(parsing: await workspace.document("app.yml", mode: .expand))["app"]["env"].text == #"{"A":"1","B":"2 and 1"}"#)
    }
}

@Test(arguments: [
    ("A: \"#{a}\"", "app.yml:8:8: no env provider has a (there are no $providers)"),
    ("A: \"#{}\"", "app.yml:8:8: an empty #{} is not allowed: name a variable, or write ##{} for the text"),
    ("A: 3000", "app.yml:8:8: A must be a string, not an integer: write '3000'"),
    ("A: 0x10", "app.yml:8:8: A must be a string, not an integer: write '0x10'"),
    ("A: yes", "app.yml:8:8: A must be a string, not a boolean: write 'yes'"),
    ("A:", "app.yml:8:5: A must be a string, not null"),
    ("A: [x]", "app.yml:8:5: A must be a string, not a list"),
    ("$providers: {}", "app.yml:8:5: $providers must be a list, not a map"),
    ("$providers: [{path: x}]", "app.yml:8:18: type is missing: one of file, yaml"),
    ("$providers: [{type: vault, path: x}]", "app.yml:8:25: there is no env provider vault, only file, yaml"),
    ("$providers: [{type: file}]", "app.yml:8:18: path is missing"),
    ("$providers: [{type: file, pth: x}]", "app.yml:8:31: unknown key pth, did you mean path?"),
    ("$providers: [{type: file, path: 5}]", "app.yml:8:37: path must be a string, not an integer"),
    (
        "{$providers: [{type: file, path: v.env}], A: \"#{a} #{b} #{c}\"}",
        "app.yml:8:50: no env provider has b (asked: file v.env)\napp.yml:8:50: no env provider has c (asked: file v.env)"
    ),
])
func `a wrong env says where`(line: String, expected: String) async throws {
    let env = line.hasPrefix("{") ? "  env:\n    " + line : "  env:\n    " + line
    try await Workspace.with(["app.yml": minimal(app: env), "v.env": "a=1"]) { workspace in
        let found = await workspace.problems("app.yml")
        #expect(found == expected)
    }
}

@Test func `a provider's file that cannot be read is a problem at its path`() async throws {
    let env = "  env:\n    $providers: [{type: file, path: none.env}]\n    A: \"#{a}\""
    try await Workspace.with(["app.yml": minimal(app: env)]) { workspace in
        let expected = "app.yml:8:37: cannot read none.env: no such file or directory"
        let found = await workspace.problems("app.yml")
        #expect(found == expected)
        #expect(await workspace.problems("app.yml", .init(mode: .placeholders)) == "")
    }
}
