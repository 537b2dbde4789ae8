import Foundation
import Logging

/// Writes each event as one line of JSON to standard error, at once: what a crash leaves behind must be complete.
struct JSONLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let label: String

    private struct Line: Encodable {
        let time: String
        let level: String
        let logger: String
        let message: String
        let fields: [String: String]?
    }

    static func logger(label: String, level: Logger.Level) -> Logger {
        Logger(label: label) { JSONLogHandler(logLevel: level, label: $0) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
        if let error = event.error { fields["error"] = "\(error)" }
        let line = Line(
            time: Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)), level: event.level.rawValue, logger: label,
            message: "\(event.message)", fields: fields.isEmpty ? nil : fields)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var data = try? encoder.encode(line) else { return }
        data.append(UInt8(ascii: "\n"))
        // A log that cannot be written has nobody left to tell.
        try? FileHandle.standardError.write(contentsOf: data)
    }
}
