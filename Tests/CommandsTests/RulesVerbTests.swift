import ArgumentParser
import Testing

@testable import Commands

@Suite struct RulesVerbTests {
    @Test(
        "the verbs about rules are there",
        arguments: [
            ["rules", "validate"], ["rules", "validate", "a.yml", "b", "--output", "sarif", "--fail-on", "warning"],
            ["rules", "validate", "--prometheus", "http://127.0.0.1:9090", "--app", "recipes", "--scrape-interval", "30s"],
            ["rules", "test", "a_test.yml", "--json"],
            ["rules", "backtest", "a.yml", "--prometheus", "http://127.0.0.1:9090", "--days", "30", "--against", "old.yml"],
        ])
    func parses(arguments: [String]) throws {
        _ = try Jubako.parseAsRoot(arguments)
    }

    @Test(
        "nonsense is refused",
        arguments: [
            ["rules", "validate", "--output", "xml"], ["rules", "validate", "--prometheus", "nowhere"],
            ["rules", "validate", "--scrape-interval", "soon"],
            ["rules", "backtest", "a.yml"], ["rules", "backtest", "a.yml", "--prometheus", "http://x", "--days", "0"],
            ["rules", "backtest", "a.yml", "--prometheus", "http://x", "--step", "0s"],
        ])
    func refuses(arguments: [String]) {
        #expect(throws: (any Error).self) { _ = try Jubako.parseAsRoot(arguments) }
    }

    @Test func `rules are looked for in rules`() throws {
        let command = try #require(try Jubako.parseAsRoot(["rules", "validate"]) as? RulesValidate)
        #expect(command.paths == ["rules/"])
    }
}
