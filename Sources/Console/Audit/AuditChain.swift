import Crypto
import Foundation
import ServiceModel

/// The rule that binds each row of the audit log to the one before, so that nothing can be altered, dropped or moved unseen.
///
/// A row is a JSON object. Its `hash` is the SHA-256, in hexadecimal digits, of the row without `hash` as canonical JSON: UTF-8, no blanks,
/// members ordered by the code points of their names, no escapes but those that JSON demands, whole numbers only. `previous` is the hash of
/// the row before, 64 zeros for the first, and `seq` counts from 1. In Python that is
/// `sha256(json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()`.
public struct AuditChain: Sendable {
    /// The first row that does not fit.
    public struct Break: Error, Sendable, CustomStringConvertible {
        /// The number that the row should have.
        public let seq: Int
        /// What is wrong with it.
        public let problem: String

        public init(seq: Int, problem: String) {
            self.seq = seq
            self.problem = problem
        }

        public var description: String { "row \(seq): \(problem)" }
    }

    /// What the first row follows.
    public static let start = String(repeating: "0", count: 64)

    /// The last row that was good; 0 before the first.
    public private(set) var seq = 0
    /// Its hash.
    public private(set) var hash = AuditChain.start

    public init() {}

    /// Checks the next row.
    ///
    /// - Parameter line: a line of an export.
    /// - Throws: ``Break``; nothing after it can be told.
    public mutating func check(_ line: some StringProtocol) throws(Break) {
        let expected = seq + 1
        guard let row = try? JSON(parsing: Array(line.utf8)), case .object = row else { throw Break(seq: expected, problem: "it is no JSON object") }
        guard let number = row["seq"].int else { throw Break(seq: expected, problem: "it has no number") }
        guard let said = row["hash"].string else { throw Break(seq: expected, problem: "it has no hash") }
        let computed = Self.hash(of: row)
        guard computed == said else {
            throw Break(seq: expected, problem: "it was altered: its hash says \(said.prefix(16))…, its content gives \(computed.prefix(16))…")
        }
        guard number == expected else {
            throw Break(
                seq: expected,
                problem: number > expected
                    ? "it is missing, row \(number) stands in its place" : "row \(number) stands in its place: rows were moved, or came twice")
        }
        guard row["previous"].string == hash else {
            throw Break(seq: expected, problem: "it does not follow row \(seq): a row before it was replaced, or it was itself")
        }
        seq = number
        hash = said
    }

    /// Checks that nothing is missing at the end.
    ///
    /// - Parameters:
    ///   - seq: the number of the last row that there should be.
    ///   - hash: its hash.
    public func checkEnd(seq last: Int, hash lastHash: String) throws(Break) {
        if seq < last { throw Break(seq: seq + 1, problem: "it is missing: the log has \(last) rows, \(seq) came") }
        if seq == last, hash != lastHash { throw Break(seq: last, problem: "its hash is \(hash.prefix(16))…, not \(lastHash.prefix(16))…") }
    }

    /// The row that follows `seq` and `hash`.
    static func link(_ members: JSON, after seq: Int, _ hash: String) -> JSON {
        var row = members
        row["seq"] = .integer(seq + 1)
        row["previous"] = .string(hash)
        row["hash"] = .string(Self.hash(of: row))
        return row.canonical
    }

    static func hash(of row: JSON) -> String {
        var plain = row
        plain["hash"] = .null
        return SHA256.hash(data: plain.canonical.bytes).hexadecimal
    }
}

extension JSON {
    /// The same value with the members of all objects in the order of their names' code points.
    var canonical: JSON {
        switch self {
        case .object(let members):
            .object(
                JSONObject(
                    uniqueKeysWithValues: members.elements.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
                        .map { ($0.key, $0.value.canonical) }))
        case .array(let elements): .array(elements.map(\.canonical))
        default: self
        }
    }
}

extension Sequence<UInt8> {
    /// In two digits each, lower case.
    var hexadecimal: String { reduce(into: "") { $0 += String($1 >> 4, radix: 16) + String($1 & 15, radix: 16) } }
}
