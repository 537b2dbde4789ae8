import Foundation
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

/// Every page, in a real browser: both languages, both colour schemes, three widths, with and without scripts.
@Suite(.enabled(if: WebDriver.isInstalled, "Chromium is not installed")) struct `The console's pages` {
    private static let cookbook = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "examples/cookbook").path()

    private static let paths = [
        "/", "/apps", "/apps/recipes", "/apps/recipes/tasks", "/apps/recipes/logs", "/apps/recipes/config", "/silences/new", "/login", "/logout",
        "/apps/recipes/charts", "/apps/recipes/settings", "/apps/recipes/releases", "/apps/recipes/rollback", "/events", "/teams", "/teams/kitchen",
        "/status", "/nothing-here", "/objectives", "/objectives/report", "/apps/recipes/objectives", "/terraform",
        "/apps/recipes/objectives/availability?as=sre", "/apps/pantry/objectives",
    ]

    /// Of somebody who is signed in.
    private static let ownPaths = ["/me", "/me/tokens", "/login/device"]

    @Test func `are clean by axe, fit every width, and say nothing in the browser's console`() async throws {
        try await ServerProcess.run(definitions: Self.cookbook) { server in
            try await WebDriver.run { driver in
                for language in ["en", "ja"] {
                    try await driver.window(language: language) { browser in
                        let widths = language == "en" ? [320, 390, 768, 1280] : [320, 390, 1280]
                        let look = PageLook(browser: browser, language: language)
                        for path in Self.paths { try await look.check(server.url + path, widths: widths, isMissing: path.contains("nothing")) }
                        let link = try await server.call(.POST, "/api/sign-in-links", [:]).body["url"].string ?? ""
                        try await browser.open(link)
                        for path in Self.ownPaths { try await look.check(server.url + path, widths: widths) }
                    }
                }
            }
        }
    }

    @Test func `can be used by the keyboard alone: every stop is visible, the first leads past the menu`() async throws {
        try await ServerProcess.run(definitions: Self.cookbook) { server in
            try await WebDriver.run { driver in
                try await driver.window { browser in
                    for path in ["/apps", "/apps/recipes", "/apps/recipes/settings", "/apps/recipes/logs"] {
                        try await browser.open(server.url + path)
                        var stops: [String] = []
                        for _ in 0..<60 {
                            let stop = try await browser.tab()
                            if stop.name.hasPrefix("BODY") { break }
                            stops.append(stop.name)
                            #expect(stop.hasRing, "\(path): nothing shows that \(stop.name) has the focus")
                        }
                        #expect(stops.first == "A Skip to content", "\(stops)")
                        #expect(stops.count > 12, "\(path): \(stops)")
                        #expect(stops.contains { $0.hasPrefix("A 日本語") }, "\(path) cannot be left to its end: \(stops)")
                    }
                    try await browser.open(server.url + "/apps/recipes")
                    _ = try await browser.tab()
                    try await browser.press("\u{e007}")
                    #expect(try await browser.tab().name == "BUTTON Pause", "the link leads past the menu")
                    try await browser.press("k", with: "\u{e009}")
                    #expect(try await browser.evaluate("return document.activeElement.id").string == "search", "Ctrl-K goes to the search")
                    #expect(try await browser.consoleErrors() == [])
                }
            }
        }
    }
}
