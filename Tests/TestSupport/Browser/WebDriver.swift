import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import Subprocess
import SystemPackage

/// chromedriver as a child process, and the W3C WebDriver protocol over plain HTTP.
public struct WebDriver: Sendable {
    let url: String

    private static let driver = "/usr/bin/chromedriver"
    private static let chromium = "/usr/bin/chromium"

    /// Whether a browser can be driven on this machine.
    public static var isInstalled: Bool {
        [driver, chromium].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Starts chromedriver, runs `body`, and ends it.
    public static func run(_ body: @escaping @Sendable (WebDriver) async throws -> Void) async throws {
        let port = try await PortReservation.free()
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(3))]
        try await withThrowingTaskGroup(of: Bool.self) { [options] group in
            group.addTask {
                let result = try await Subprocess.run(
                    .path(FilePath(driver)), arguments: ["--port=\(port)", "--allowed-ips=127.0.0.1", "--log-level=SEVERE"],
                    platformOptions: options, output: .discarded, error: .discarded)
                guard Task.isCancelled else { throw WebDriverError("chromedriver ended with \(result.terminationStatus)") }
                return false
            }
            group.addTask {
                let driver = WebDriver(url: "http://127.0.0.1:\(port)")
                try await eventually("chromedriver is ready") { (try? await driver.call(.GET, "/status"))?["ready"].bool == true }
                try await body(driver)
                return true
            }
            while let isDone = try await group.next() { if isDone { break } }
            group.cancelAll()
        }
    }

    /// Opens a browser window, hands it to `body`, and closes it.
    ///
    /// - Parameter language: what the browser asks for, as in `ja`.
    public func window<Result>(width: Int = 1280, height: Int = 900, language: String = "en", _ body: (Browser) async throws -> Result) async throws
        -> Result
    {
        let capabilities: JSON = [
            "capabilities": [
                "alwaysMatch": [
                    "goog:chromeOptions": [
                        "binary": .string(Self.chromium),
                        "args": [
                            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
                            .string("--window-size=\(width),\(height)"), .string("--lang=\(language)"), .string("--accept-lang=\(language)"),
                        ],
                    ],
                    "goog:loggingPrefs": ["browser": "ALL"],
                ]
            ]
        ]
        guard let id = try await call(.POST, "/session", capabilities)["sessionId"].string else { throw WebDriverError("no session") }
        let browser = Browser(driver: self, session: "/session/\(id)")
        do {
            let result = try await body(browser)
            _ = try? await call(.DELETE, browser.session)
            return result
        } catch {
            _ = try? await call(.DELETE, browser.session)
            throw error
        }
    }

    /// One command; the answer is its `value`.
    func call(_ method: HTTPMethod, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        if method == .POST { request.body = .bytes(ByteBuffer(bytes: (body ?? [:]).bytes)) }
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let value = try JSON(parsing: String(buffer: try await answer.body.collect(upTo: 64 << 20)))["value"]
        guard answer.status == .ok else {
            throw WebDriverError("\(path): \(value["error"].string ?? "") \(value["message"].string?.prefix(300) ?? "")")
        }
        return value
    }
}

/// What a browser refused.
public struct WebDriverError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
