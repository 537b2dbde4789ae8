import Foundation
import ServiceModel
import TestSupport
import Testing

/// What somebody does at the console on a bad day, in a real browser on the whole platform: twice, and the second time without scripts.
@Suite(.enabled(if: TestImage.dockerAnswers() && WebDriver.isInstalled, "Docker or Chromium is missing"))
struct `A day at the console` {
    @Test func `signs in, watches a deployment, reads why one failed, rolls back, sets the channel, silences, and finds all of it in the audit log`()
        async throws
    {
        try await Self.withPlatform { place in
            try await WebDriver.run { driver in
                try await driver.window(language: "en") { browser in
                    try await Journey(browser: browser, place: place, isScripted: true, channel: "#cooks").go()
                }
                try await driver.window(width: 390, language: "ja") { browser in
                    try await browser.allowScripts(false)
                    try await browser.prefer(scheme: "dark")
                    try await Journey(browser: browser, place: place, isScripted: false, channel: "#chefs").go()
                }
            }
        }
    }

    /// `jubako up` on a copy of the cookbook.
    private static func withPlatform(_ body: @escaping @Sendable (Place) async throws -> Void) async throws {
        let cookbook = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "examples/cookbook").path()
        try await EngineProcess.withSettings { settings in
            let repository = "\(settings.directory).repository"
            defer { try? FileManager.default.removeItem(atPath: repository) }
            try FileManager.default.copyItem(atPath: cookbook, toPath: repository)
            let port = try await PortReservation.free()
            var settings = settings
            settings.verb = "up"
            settings.extra = [
                "--server-port", "\(port)", "--prometheus-port", "\(try await PortReservation.free())", "--alertmanager-port",
                "\(try await PortReservation.free())", "--interval", "1", "\(repository)/apps/recipes.yml",
            ]
            _ = try await EngineProcess.runToEnd(settings) { [settings] engine in
                try await eventually("the platform has settled") { EngineProcess.said(settings).contains("Ctrl-C stops the platform") }
                defer { kill(engine.processID, SIGINT) }
                try await body(Place(engine: engine, url: "http://127.0.0.1:\(port)", repository: repository))
            }
        }
    }
}

/// Where the journey takes place.
private struct Place: Sendable {
    let engine: EngineProcess
    let url: String
    let repository: String

    var definition: String { "\(repository)/apps/recipes.yml" }
    private var server: [String] { ["--server", url, "--token-file", "\(engine.settings.directory)/server.token"] }

    /// A link that signs a browser in, from the command line of this machine.
    func signInLink() async throws -> String {
        let result = try await EngineProcess.jubako(
            ["login", "--link"],
            environment: [
                "JUBAKO_SERVER_PORT": String(url.split(separator: ":").last ?? ""), "JUBAKO_TOKEN_FILE": "\(engine.settings.directory)/server.token",
            ])
        #expect(result.code == 0, "\(result)")
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func deploy(_ arguments: String...) async throws -> Int32 {
        try await EngineProcess.jubako(
            ["deploy", "--endpoint-url", engine.settings.endpoint] + server + arguments, environment: ["USER": "yuki"]
        ).code
    }

    /// The same app, but it ends by itself as soon as it runs.
    func brokenDefinition() throws -> String {
        let path = "\(repository)/apps/broken/recipes.yml"
        try FileManager.default.createDirectory(atPath: "\(repository)/apps/broken", withIntermediateDirectories: true)
        let text = try String(contentsOfFile: definition, encoding: .utf8)
            .replacing("    PORT: '8080'\n", with: "    PORT: '8080'\n    RECIPES_CRASH_AFTER: '0'\n")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

}

private struct Journey {
    let browser: Browser
    let place: Place
    /// False for a browser that runs no scripts: what changes is seen after a reload.
    let isScripted: Bool
    let channel: String

    func go() async throws {
        try await signIn()
        try await findTheApp()
        try await watchADeployment()
        try await readWhyOneFailed()
        try await rollBack()
        try await setTheChannel()
        try await silence()
        try await readTheAuditLog()
        #expect(try await browser.consoleErrors() == [])
    }

    private func signIn() async throws {
        try await browser.open(try await place.signInLink())
        try await browser.open("\(place.url)/login")
        try await shows("form[action='/logout']")
    }

    private func findTheApp() async throws {
        try await browser.type("recip", into: "#search")
        try await browser.click("header.top form button")
        try await browser.click("main a[href='/apps/recipes']")
        try await look("overview")
    }

    private func watchADeployment() async throws {
        async let deployed = place.deploy("--tag", "2", place.definition)
        try await browser.open("\(place.url)/apps/recipes/releases")
        try await shows("#releases .state.busy")
        try await browser.click("#releases tbody tr:first-child a")
        try await shows("#release .state.good")
        #expect(try await deployed == 0)
        let steps = try await browser.text(of: "#release .steps")
        #expect(steps.contains("recipes:"), "\(steps)")
        try await look("release")
    }

    private func readWhyOneFailed() async throws {
        let code = try await place.deploy(place.brokenDefinition())
        #expect(code == 3)
        try await browser.open("\(place.url)/apps/recipes/releases")
        try await shows("#releases tbody tr:first-child .state.bad")
        try await look("releases")
        try await browser.click("#releases tbody tr:first-child a")
        try await look("failure")
        try await browser.click("#release a[href*='/logs']")
        #expect(try await browser.text(of: "#log").contains("crash"))
        try await look("logs")
    }

    private func rollBack() async throws {
        try await browser.open("\(place.url)/apps/recipes/rollback")
        try await look("rollback")
        try await browser.type("the new one smells", into: "#reason")
        try await browser.click("form[action='/apps/recipes/rollback'] button")
        try await shows("#release .state.good")
        #expect(try await browser.text.contains("the new one smells"))
        #expect(try await browser.url.contains("/apps/recipes/releases/"))
    }

    private func setTheChannel() async throws {
        try await browser.open("\(place.url)/apps/recipes/settings")
        try await browser.type(channel, into: "#channel-field")
        try await browser.click("form[action^='/apps/recipes/channel'] button")
        try await shows(".notice.good")
        #expect(try await browser.text(of: "main").contains(channel))
        try await look("settings")
        try await browser.open("\(place.url)/slack/channels/\(channel.dropFirst())")
        #expect(try await browser.text.contains("recipes"), "the test alert is in the channel")
    }

    private func silence() async throws {
        try await browser.open("\(place.url)/silences/new?matcher=app%3Drecipes&matcher=alertname%3DAppLatencyHigh")
        try await look("silence")
        try await browser.type("a planned migration", into: "#reason")
        try await browser.click("form[action='/silences'] button")
        #expect(try await browser.text(of: "#silences").contains("a planned migration"))
        try await look("silences")
    }

    private func readTheAuditLog() async throws {
        try await browser.open("\(place.url)/audit")
        let log = try await browser.text(of: "main")
        for action in ["Set an app's channel", "Silence alerts", "Roll an app back"] { #expect(log.contains(action), "\(action): \(log)") }
        try await look("audit")
    }

    // MARK: Looking

    /// Waits until the page shows something; a browser without scripts is told to load it again.
    private func shows(_ selector: String) async throws {
        try await eventually("\(try await browser.url) shows \(selector)", within: .seconds(90)) {
            if try await browser.evaluate("return document.querySelector(arguments[0]) !== null", .string(selector)).bool == true { return true }
            if !isScripted { try await browser.open(try await browser.url) }
            return false
        }
    }

    /// Looks at the page in both languages, both colour schemes and three widths, and keeps pictures where `JUBAKO_PICTURES` says.
    private func look(_ name: String) async throws {
        #expect(try await browser.overflow() <= 0, "\(name) is wider than its window")
        guard isScripted else { return }
        let address = try await browser.url
        let path = address.dropFirst(place.url.count).addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "/"
        for language in ["ja", "en"] {
            try await browser.open("\(place.url)/preferences?lang=\(language)&back=\(path)")
            for scheme in ["dark", "light"] {
                try await browser.prefer(scheme: scheme)
                for width in [390, 768, 1280] {
                    try await browser.resize(width: width)
                    let place = "\(name) \(language) \(scheme) \(width)"
                    #expect(try await browser.overflow() <= 0, "\(place) is wider than its window")
                    let found = try await browser.axe()
                    #expect(found == [], "\(place): \(found)")
                    if let folder = ProcessInfo.processInfo.environment["JUBAKO_PICTURES"] {
                        try await browser.picture(to: "\(folder)/day-\(name)-\(language)-\(scheme)-\(width).png")
                    }
                }
            }
        }
        #expect(try await browser.consoleErrors() == [])
    }
}
