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
        "/status", "/nothing-here",
    ]

    /// Of somebody who is signed in.
    private static let ownPaths = ["/me", "/me/tokens", "/login/device"]

    @Test func `are clean by axe, fit every width, and say nothing in the browser's console`() async throws {
        try await ServerProcess.run(definitions: Self.cookbook) { server in
            try await WebDriver.run { driver in
                for language in ["en", "ja"] {
                    try await driver.window(language: language) { browser in
                        for path in Self.paths { try await look(browser, server.url + path, language) }
                        let link = try await server.call(.POST, "/api/sign-in-links", [:]).body["url"].string ?? ""
                        try await browser.open(link)
                        for path in Self.ownPaths { try await look(browser, server.url + path, language) }
                    }
                }
            }
        }
    }

    /// Where to keep pictures of all pages, if anywhere.
    private var pictures: String? { ProcessInfo.processInfo.environment["JUBAKO_PICTURES"] }

    private func name(_ url: String) -> String {
        URL(string: url).map { $0.pathComponents.dropFirst().joined(separator: "-") } ?? "page"
    }

    private func look(_ browser: Browser, _ url: String, _ language: String) async throws {
        for scheme in ["light", "dark"] {
            try await browser.prefer(scheme: scheme)
            for width in [320, 390, 768, 1280] where language == "en" || width != 768 {
                try await browser.resize(width: width)
                try await browser.open(url)
                let place = "\(url) \(language) \(scheme) \(width)"
                #expect(try await browser.overflow() <= 0, "\(place) is wider than its window")
                if let pictures, width > 320 {
                    try await browser.picture(to: "\(pictures)/\(name(url))-\(language)-\(scheme)-\(width).png")
                }
                if width == 390 || width == 1280 {
                    let found = try await browser.axe()
                    #expect(found == [], "\(place): \(found)")
                }
            }
        }
        let spoken = try await browser.evaluate("return document.documentElement.lang").string
        #expect(spoken == language)
        let errors = try await browser.consoleErrors().filter { !$0.contains("404") || !url.contains("nothing") }
        #expect(errors == [])
    }
}
