import ArgumentParser
import Logging

/// What the environment says about how to run.
struct Settings: Sendable {
    /// `PORT`: where to listen, 8080 unless given.
    var port = 8080
    /// `RECIPES_VERSION`: what the app calls itself in its answers.
    var version = "dev"
    /// `RECIPES_LOG_LEVEL`: the least important level that is logged.
    var logLevel = Logger.Level.info
    /// `RECIPES_CRASH_AFTER`: seconds until the process ends with an error, to watch how a crash loop is handled.
    var crashAfter: Duration?
    /// `RECIPES_FAIL_PERCENT` and `RECIPES_DELAY_MS`: the position of the switch at the start.
    var faults = Faults()

    /// Reads the settings.
    /// - Throws: `ValidationError` that names the variable and what it may be.
    init(environment: [String: String]) throws {
        func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
            guard let text = environment[name], !text.isEmpty else { return nil }
            guard let value = Int(text), range.contains(value) else {
                throw ValidationError("\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
            }
            return value
        }
        if let port = try number("PORT", in: 1...65_535) { self.port = port }
        if let version = environment["RECIPES_VERSION"], !version.isEmpty { self.version = version }
        if let text = environment["RECIPES_LOG_LEVEL"], !text.isEmpty {
            guard let level = Logger.Level(rawValue: text) else {
                let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("RECIPES_LOG_LEVEL must be one of \(levels), not '\(text)'")
            }
            logLevel = level
        }
        crashAfter = try number("RECIPES_CRASH_AFTER", in: 0...86_400).map { .seconds($0) }
        faults.failPercent = try number("RECIPES_FAIL_PERCENT", in: Faults.percents) ?? 0
        faults.delayMilliseconds = try number("RECIPES_DELAY_MS", in: Faults.delays) ?? 0
    }
}
