public import Foundation
public import ServiceModel

/// What happened while a plan was applied: a line for each event, each with the digest of all before it, written through to the disk before
/// the next is read. So after `kill -9` it is known what was done and what was in flight, and no line can be changed unseen.
public struct ApplyJournal: Sendable {
    public static let file = "journal.jsonl"

    public private(set) var lines: [JSON] = []
    private var chain = ""
    private let path: String

    /// Reads what is there. It blocks.
    ///
    /// - Throws: ``TerraformError`` that names the line which somebody changed. A last line without its end is left out: the
    ///   process died while it wrote.
    public init(folder: String) throws(TerraformError) {
        path = "\(folder)/\(Self.file)"
        guard let data = FileManager.default.contents(atPath: path) else { return }
        var written = data.split(separator: 0x0A, omittingEmptySubsequences: true)
        if data.last != 0x0A { written = written.dropLast() }
        for (index, bytes) in written.enumerated() {
            guard let line = try? JSON(parsing: bytes), line["chain"].string == Self.link(chain, line) else {
                throw TerraformError("\(path):\(index + 1) is not what was written: the journal was changed from there on")
            }
            chain = line["chain"].string ?? ""
            lines.append(line)
        }
    }

    /// Whether the process that began the last apply still runs, on this machine.
    public var isWriterAlive: Bool {
        guard lines.last?["event"]["type"].string != "end",
            let begin = lines.last(where: { $0["event"]["type"].string == "begin" }), let pid = begin["event"]["pid"].int
        else { return false }
        return kill(pid_t(truncatingIfNeeded: pid), 0) == 0
    }

    /// Checks lines that were kept elsewhere.
    public static func isWhole(_ lines: [JSON]) -> Bool {
        var chain = ""
        for line in lines {
            guard line["chain"].string == link(chain, line) else { return false }
            chain = line["chain"].string ?? ""
        }
        return true
    }

    /// Writes one event down, and waits for the disk. It blocks.
    @discardableResult
    public mutating func append(_ event: JSON, now: Date = Date()) throws -> JSON {
        var line: JSON = .object([
            "n": .integer(lines.count + 1), "at": .string(now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))), "event": event,
        ])
        let link = Self.link(chain, line)
        line["chain"] = .string(link)
        if !FileManager.default.fileExists(atPath: path) { try PlanBundle.write(Data(), to: path) }
        guard let file = FileHandle(forUpdatingAtPath: path) else { throw TerraformError("\(path) cannot be written") }
        defer { try? file.close() }
        if lines.isEmpty { try file.truncate(atOffset: 0) } else { try file.seekToEnd() }
        try file.write(contentsOf: Data(line.bytes + [0x0A]))
        try file.synchronize()
        chain = link
        lines.append(line)
        return line
    }

    /// Whether a line comes right after the one that a chain ends with.
    ///
    /// - Parameter chain: the `chain` of the line before; empty before the first.
    static func follows(_ chain: String, _ line: JSON) -> Bool { line["chain"].string == link(chain, line) }

    private static func link(_ chain: String, _ line: JSON) -> String {
        var line = line
        line["chain"] = .null
        return SHA.text(Data(chain.utf8) + Data(line.bytes))
    }
}
