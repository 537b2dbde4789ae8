import Foundation
import NIOHTTP1
public import ServiceModel

/// A window of a real Chromium.
public struct Browser: Sendable {
    let driver: WebDriver
    let session: String

    // MARK: Pages

    public func open(_ url: String) async throws { _ = try await driver.call(.POST, session + "/url", ["url": .string(url)]) }
    public var url: String { get async throws { try await driver.call(.GET, session + "/url").string ?? "" } }
    public var title: String { get async throws { try await driver.call(.GET, session + "/title").string ?? "" } }

    /// The text of the page that a reader sees.
    public var text: String { get async throws { try await evaluate("return document.body.innerText").string ?? "" } }

    /// Runs a script in the page; the value that it returns.
    @discardableResult
    public func evaluate(_ script: String, _ arguments: JSON...) async throws -> JSON {
        try await driver.call(.POST, session + "/execute/sync", ["script": .string(script), "args": .array(arguments)])
    }

    /// Runs a script that calls its last argument with its result.
    public func evaluateLater(_ script: String) async throws -> JSON {
        try await driver.call(.POST, session + "/execute/async", ["script": .string(script), "args": []])
    }

    // MARK: Windows

    /// The windows of this browser, tabs among them.
    public var windows: [String] { get async throws { try await driver.call(.GET, session + "/window/handles").strings } }

    /// Opens another tab; ``show(_:)`` goes there.
    public func openTab() async throws -> String {
        try await driver.call(.POST, session + "/window/new", ["type": "tab"])["handle"].string ?? ""
    }

    /// From here on commands go to this window.
    public func show(_ window: String) async throws { _ = try await driver.call(.POST, session + "/window", ["handle": .string(window)]) }

    // MARK: Elements

    /// The first element that a CSS selector finds.
    ///
    /// - Throws: ``WebDriverError`` with the selector when there is none within ten seconds.
    private func element(_ selector: String) async throws -> String {
        var found: String?
        var failure: (any Error)?
        let deadline = ContinuousClock.now + .seconds(10)
        while found == nil, ContinuousClock.now < deadline {
            do {
                found = try await driver.call(.POST, session + "/element", ["using": "css selector", "value": .string(selector)])
                    .object.values.first?.string
            } catch let error as WebDriverError {
                failure = error
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        guard let found else { throw failure ?? WebDriverError("no \(selector)") }
        return "\(session)/element/\(found)"
    }

    public func click(_ selector: String) async throws { _ = try await driver.call(.POST, element(selector) + "/click") }

    /// Replaces what stands in a field.
    public func type(_ text: String, into selector: String) async throws {
        let field = try await element(selector)
        _ = try await driver.call(.POST, field + "/clear")
        _ = try await driver.call(.POST, field + "/value", ["text": .string(text)])
    }

    public func text(of selector: String) async throws -> String { try await driver.call(.GET, element(selector) + "/text").string ?? "" }

    /// Presses a key of WebDriver's table, with another held down.
    public func press(_ key: String, with modifier: String? = nil) async throws {
        func act(_ type: String, _ key: String) -> JSON { ["type": .string(type), "value": .string(key)] }
        let actions = modifier.map { [act("keyDown", $0)] } ?? []
        let ends = modifier.map { [act("keyUp", $0)] } ?? []
        let all = actions + [act("keyDown", key), act("keyUp", key)] + ends
        _ = try await driver.call(.POST, session + "/actions", ["actions": [["type": "key", "id": "keyboard", "actions": .array(all)]]])
    }

    /// Presses Tab once, and says what has the focus: its tag and accessible name, and whether a ring shows it.
    public func tab() async throws -> (name: String, hasRing: Bool) {
        try await press("\u{e004}")
        let focus = try await evaluate(
            """
            const e = document.activeElement; const s = getComputedStyle(e);
            return [e.tagName + " " + (e.getAttribute("aria-label") ?? e.textContent.trim()).slice(0, 40), s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0];
            """)
        return (focus[0].string ?? "", focus[1].bool ?? false)
    }

    // MARK: Circumstances

    /// A command of the DevTools protocol.
    @discardableResult
    public func devTools(_ command: String, _ parameters: JSON = [:]) async throws -> JSON {
        try await driver.call(.POST, session + "/goog/cdp/execute", ["cmd": .string(command), "params": parameters])
    }

    /// `light` or `dark`.
    public func prefer(scheme: String) async throws {
        try await devTools("Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": .string(scheme)]]])
    }

    public func resize(width: Int, height: Int = 900) async throws {
        try await devTools(
            "Emulation.setDeviceMetricsOverride",
            ["width": .integer(width), "height": .integer(height), "deviceScaleFactor": 1, "mobile": .bool(width < 600)])
    }

    /// Pages' own scripts run or not; those of this test always do.
    public func allowScripts(_ isAllowed: Bool) async throws {
        try await devTools("Emulation.setScriptExecutionDisabled", ["value": .bool(!isAllowed)])
    }

    // MARK: Findings

    /// The errors in the browser's console since the last time: scripts, refused by the policy, not found.
    public func consoleErrors() async throws -> [String] {
        try await driver.call(.POST, session + "/se/log", ["type": "browser"]).array
            .filter { $0["level"] == "SEVERE" }.compactMap { $0["message"].string }
    }

    /// What axe-core finds wrong with the page by WCAG 2.2 AA and its best practices.
    public func axe() async throws -> [String] {
        guard let script = Self.axeScript else { throw WebDriverError("axe-core is not installed, run script/bootstrap test") }
        try await evaluate(script)
        let found = try await evaluateLater(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
              .then((r) => done(r.violations.map((v) => v.id + ": " + v.help + " @ " + v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", "))));
            """)
        return found.strings
    }

    /// How far the page is wider than its window, in CSS pixels.
    public func overflow() async throws -> Int {
        try await evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth").int ?? 0
    }

    /// A picture of the whole page as PNG.
    public func picture(to path: String) async throws {
        let shot = try await devTools("Page.captureScreenshot", ["captureBeyondViewport": true, "format": "png"])
        guard let data = shot["data"].string.flatMap({ Data(base64Encoded: $0) }) else { throw WebDriverError("no picture") }
        try data.write(to: URL(filePath: path))
    }

    /// axe-core comes with a package of the tests' Python tools.
    private static let axeScript: String? = {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
        let folder = "\(cache)/jubako/tools/test/lib"
        guard let python = try? FileManager.default.contentsOfDirectory(atPath: folder).first(where: { $0.hasPrefix("python") }) else { return nil }
        return try? String(contentsOfFile: "\(folder)/\(python)/site-packages/axe_playwright_python/axe.min.js", encoding: .utf8)
    }()
}
