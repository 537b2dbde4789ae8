import Foundation
import NIOCore

/// Cuts a large rule file into files of some groups each, so that promtool reads them on all cores. Every line stays where it is.
struct PromtoolShards {
    /// Below this, starting a process takes longer than what it saves.
    private static let worthwhile = 64 << 10

    private let folder: URL

    init(folder: URL) { self.folder = folder }

    /// - Parameter isWritten: the files are on the disk as they were read.
    func files(_ files: [RuleFile], isWritten: Bool) throws(RulesError) -> [PromtoolFile] {
        let total = files.reduce(0) { $0 + $1.source.bytes.count }
        var result: [PromtoolFile] = []
        for (index, file) in files.enumerated() {
            let size = file.source.bytes.count
            let parts = size > Self.worthwhile && size > total / System.coreCount / 2 ? Self.parts(of: file, count: System.coreCount) : []
            if parts.count < 2, !isWritten {
                result.append(try write(file.source.bytes, "\(index).yml", index: index))
            } else if parts.count < 2 {
                result.append(PromtoolFile(path: file.path.hasPrefix("-") ? "./" + file.path : file.path, size: size, index: index))
            } else {
                for (number, part) in parts.enumerated() { result.append(try write(part, "\(index)-\(number).yml", index: index)) }
            }
        }
        return result
    }

    private func write(_ bytes: [UInt8], _ name: String, index: Int) throws(RulesError) -> PromtoolFile {
        let path = folder.appending(path: name).path
        do { try Data(bytes).write(to: URL(filePath: path)) } catch { throw RulesError("\(path): cannot be written: check the temporary folder") }
        return PromtoolFile(path: path, size: bytes.count, index: index)
    }

    /// Empty when the file cannot be cut: each group has to start with its dash on a line of its own, and nothing may refer to another group.
    static func parts(of file: RuleFile, count: Int) -> [[UInt8]] {
        let lines = file.source.lines
        guard !file.hasAliases, file.problems.isEmpty, file.groups.count >= 2, count > 1 else { return [] }
        let starts = file.groups.map(\.lines.lowerBound)
        guard zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }),
            starts.allSatisfy({ lines[$0 - 1].first { $0 != 0x20 } == UInt8(ascii: "-") })
        else { return [] }
        let ends = starts.dropFirst() + [lines.count + 1]
        let whole = file.source.bytes.count
        var parts = [[UInt8]](repeating: [], count: count)
        for part in 0..<count {
            parts[part].reserveCapacity(whole / count + lines.count)
            append(lines[..<(starts[0] - 1)], to: &parts[part])
        }
        var written = 0
        for (start, end) in zip(starts, ends) {
            let chosen = min(count - 1, written * count / whole)
            for part in 0..<count {
                if part == chosen {
                    append(lines[(start - 1)..<(end - 1)], to: &parts[part])
                } else {
                    parts[part].append(contentsOf: repeatElement(0x0A, count: end - start))
                }
            }
            written += lines[(start - 1)..<(end - 1)].reduce(0) { $0 + $1.count + 1 }
        }
        return parts
    }

    private static func append(_ lines: ArraySlice<ArraySlice<UInt8>>, to part: inout [UInt8]) {
        for line in lines {
            part.append(contentsOf: line)
            part.append(0x0A)
        }
    }
}
