import ArgumentParser
import Testing

@testable import Commands

@Suite struct DeployVerbTests {
    @Test(
        "the options of the verbs are hako's, and more",
        arguments: [
            ["deploy", "-f", "-t", "v2", "-n", "--timeout", "60", "a.yml"], ["deploy", "a.yml", "--no-wait", "--engine"],
            ["plan", "a.yml", "--json"],
            ["rollback", "-n", "a.yml", "--yes"], ["rollback", "web", "--to", "3", "--engine", "--reason", "r"], ["deploy", "a.yml", "--no-record"],
            ["deploy", "a.yml", "--label", "reliability", "--label", "fix"], ["gate", "sign", "recipes", "1a2b", "--as", "sre"],
            ["gate", "override", "recipes", "--reason", "r", "--for", "4h"], ["gate", "show", "recipes", "--json"],
            ["releases", "web", "3", "--json"], ["status", "web", "--server", "http://x"], ["status", "recipes", "--cluster", "c", "--follow"],
            ["stop", "-n", "a.yml"],
            ["remove", "a.yml", "-y"],
            ["logs", "recipes", "--since", "10m", "--tail", "5", "-f"], ["why", "a.yml"],
            ["oneshot", "-c", "db", "-e", "A=b=c", "--app-cpu", "10", "--app-memory", "64", "--no-wait", "a.yml", "--", "ls", "-l"],
        ])
    func parses(arguments: [String]) throws {
        _ = try Jubako.parseAsRoot(arguments)
    }

    @Test(
        "nonsense is refused",
        arguments: [
            ["deploy"], ["deploy", "a.yml", "--timeout", "-1"], ["deploy", "a.yml", "--engine", "--endpoint-url", "http://x"], ["oneshot", "a.yml"],
            ["oneshot", "-e", "A", "a.yml", "ls"], ["deploy", "a.yml", "--no-gate"], ["gate", "override", "recipes", "--reason", "r"],
            ["gate", "sign", "recipes", "1a2b", "--as", "boss"], ["logs", "a", "--since", "soon"],
        ])
    func refuses(arguments: [String]) {
        #expect(throws: (any Error).self) { _ = try Jubako.parseAsRoot(arguments) }
    }

    @Test func `the options of a one-off command are its own`() throws {
        let command = try #require(try Jubako.parseAsRoot(["oneshot", "a.yml", "--", "ls", "-l", "--json"]) as? OneshotCommand)
        #expect(command.command == ["ls", "-l", "--json"])
        #expect(!command.json)
    }

    @Test(arguments: [("90", 90.0), ("30s", 30), ("10m", 600), ("2h", 7200), ("1d", 86_400)])
    func `a time span is a number and a unit`(text: String, seconds: Double) {
        #expect(TimeSpan(argument: text)?.seconds == seconds)
    }

    @Test(arguments: ["", "m", "-1s", "1w", "nan"])
    func `other time spans are none`(text: String) {
        #expect(TimeSpan(argument: text) == nil)
    }

    @Test(
        "an endpoint on this machine is known as such",
        arguments: [
            ("http://127.0.0.1:7701", true), ("http://localhost:4566", true), ("http://ecs.localhost:1", true), ("http://[::1]:1", true),
            ("https://ecs.us-east-1.amazonaws.com", false), ("http://127.example.com", false), ("nonsense", false),
        ])
    func loopback(url: String, isLoopback: Bool) {
        #expect(Connection.isLoopback(url) == isLoopback)
    }

    @Test func `an annotation survives colons, commas and line ends`() {
        #expect(GitHub.annotation("a: 100%\nb", file: "x,y.yml", line: 3, column: 7) == "::error file=x%2Cy.yml,line=3,col=7::a: 100%25%0Ab")
        #expect(GitHub.annotation("plain") == "::error::plain")
    }
}
