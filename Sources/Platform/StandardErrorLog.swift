import Foundation
public import Logging

/// Log lines on standard error, one write each, so that they are whole and not kept back when nobody looks at a terminal.
public struct StandardErrorLog: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    private let label: String

    public static func logger(label: String, level: Logger.Level) -> Logger {
        Logger(label: label) { StandardErrorLog(logLevel: level, label: $0) }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let time = Date().formatted(.iso8601.time(includingFractionalSeconds: true))
        let line = "\(time) \(event.level.rawValue) \(label): \(event.message)\(facts)\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
