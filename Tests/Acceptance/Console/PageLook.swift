import Foundation
import ServiceModel
import TestSupport
import Testing

/// Looks at a page in both colour schemes and all widths, as a person with a checklist would.
///
/// With `JUBAKO_PICTURES` set, pictures of what it saw go to that folder.
struct PageLook {
    let browser: Browser
    let language: String

    private var pictures: String? { ProcessInfo.processInfo.environment["JUBAKO_PICTURES"] }

    /// - Parameters:
    ///   - widths: with axe-core at a phone's and a desk's.
    ///   - isMissing: its address is answered with 404, which browsers note as an error.
    func check(_ url: String, widths: [Int] = [320, 390, 768, 1280], isMissing: Bool = false) async throws {
        for scheme in ["light", "dark"] {
            try await browser.prefer(scheme: scheme)
            for width in widths {
                try await browser.resize(width: width)
                try await browser.open(url)
                let place = "\(url) \(language) \(scheme) \(width)"
                #expect(try await browser.overflow() <= 0, "\(place) is wider than its window")
                if let pictures, width > 320 { try await browser.picture(to: "\(pictures)/\(name(url))-\(language)-\(scheme)-\(width).png") }
                if width == 390 || width == 1280 {
                    let found = try await browser.axe()
                    #expect(found == [], "\(place): \(found)")
                }
            }
        }
        let spoken = try await browser.evaluate("return document.documentElement.lang").string
        #expect(spoken == language)
        let errors = try await browser.consoleErrors().filter { !$0.contains("404") || !isMissing }
        #expect(errors == [])
    }

    private func name(_ url: String) -> String {
        let parts = URL(string: url)?.pathComponents.dropFirst() ?? []
        return parts.isEmpty ? "home" : parts.joined(separator: "-")
    }
}
