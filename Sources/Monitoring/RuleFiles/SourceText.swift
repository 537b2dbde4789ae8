import Foundation

/// The text of a file, and its lines.
public struct SourceText: Sendable {
    public let file: String
    /// In UTF-8, without the ends of line.
    let lines: [ArraySlice<UInt8>]
    let bytes: [UInt8]

    public init(_ bytes: [UInt8], file: String) {
        self.file = file
        self.bytes = bytes
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == 0x0A {
            lines.append(bytes[start..<(index > start && bytes[index - 1] == 0x0D ? index - 1 : index)])
            start = index + 1
        }
        lines.append(bytes[start...])
        self.lines = lines
    }

    /// The text of a line, counted from 1.
    public func line(_ number: Int) -> String? {
        lines.indices.contains(number - 1) ? String(decoding: lines[number - 1], as: UTF8.self) : nil
    }
}

/// A place in a file. Both counts start at 1; the column is in characters.
public struct SourcePosition: Sendable, Hashable, Comparable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
}
