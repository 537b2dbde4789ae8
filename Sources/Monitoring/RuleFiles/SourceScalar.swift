/// A text in a YAML file, and the way from a place in it back to the file.
public struct SourceScalar: Sendable {
    enum Style: Sendable { case plain, singleQuoted, doubleQuoted, block }

    public let text: String
    /// Where the value starts: its first character, its quote, or its `|`.
    public let start: SourcePosition
    let style: Style
    let source: SourceText

    /// The place of the byte at `offset` of ``text`` in the file.
    ///
    /// The file spells a value with indentation, folded lines, quotes and escapes; so both are read side by side, and what stands only in the file is
    /// passed over.
    public func position(at offset: Int) -> SourcePosition {
        var place = Place(line: start.line - 1, byte: byteOffset(of: start))
        if style == .block { place = Place(line: place.line + 1, byte: 0) }
        if style == .singleQuoted || style == .doubleQuoted { place.byte += 1 }
        let target = min(offset, text.utf8.count)
        var index = 0
        var isEscape = false
        for byte in text.utf8 {
            // One escape may stand for several bytes.
            if isEscape, byte & 0xC0 == 0x80 {
                index += 1
                continue
            }
            guard pass(to: byte, &place) else { break }
            if index >= target { return position(place) }
            isEscape = style == .doubleQuoted && self.byte(place) == UInt8(ascii: "\\")
            step(over: byte, &place)
            index += 1
        }
        if index > 0, place.line >= source.lines.count { return SourcePosition(line: source.lines.count, column: 1) }
        return position(place)
    }

    private struct Place {
        var line: Int
        var byte: Int
    }

    /// Moves to where `byte` of the value is spelled.
    private func pass(to byte: UInt8, _ place: inout Place) -> Bool {
        while let found = self.byte(place) {
            if found == byte { return true }
            if style == .doubleQuoted, found == UInt8(ascii: "\\") {
                guard self.byte(Place(line: place.line, byte: place.byte + 1)) == 0x0A else { return true }
                place = Place(line: place.line + 1, byte: 0)
                continue
            }
            // A folded end of line is a blank in the value.
            if byte == 0x20, found == 0x0A { return true }
            guard found == 0x20 || found == 0x09 || found == 0x0A else { return true }
            advance(&place, found)
        }
        return false
    }

    private func step(over byte: UInt8, _ place: inout Place) {
        guard let found = self.byte(place) else { return }
        if style == .doubleQuoted, found == UInt8(ascii: "\\"),
            byte != UInt8(ascii: "\\") || self.byte(Place(line: place.line, byte: place.byte + 1)) == found
        {
            let lengths: [UInt8: Int] = [UInt8(ascii: "x"): 4, UInt8(ascii: "u"): 6, UInt8(ascii: "U"): 10]
            place.byte += lengths[self.byte(Place(line: place.line, byte: place.byte + 1)) ?? 0] ?? 2
            return
        }
        advance(&place, found)
        if style == .singleQuoted, found == UInt8(ascii: "'") { place.byte += 1 }
    }

    private func advance(_ place: inout Place, _ found: UInt8) {
        if found == 0x0A { place = Place(line: place.line + 1, byte: 0) } else { place.byte += 1 }
    }

    private func byte(_ place: Place) -> UInt8? {
        guard place.line < source.lines.count else { return nil }
        let line = source.lines[place.line]
        return place.byte < line.count ? line[line.startIndex + place.byte] : 0x0A
    }

    private func position(_ place: Place) -> SourcePosition {
        guard place.line < source.lines.count else { return start }
        let before = source.lines[place.line].prefix(place.byte)
        return SourcePosition(line: place.line + 1, column: before.reduce(into: 1) { if $1 & 0xC0 != 0x80 { $0 += 1 } })
    }

    private func byteOffset(of position: SourcePosition) -> Int {
        guard position.line <= source.lines.count else { return 0 }
        var characters = 0
        for (index, byte) in source.lines[position.line - 1].enumerated() where byte & 0xC0 != 0x80 {
            characters += 1
            if characters == position.column { return index }
        }
        return source.lines[position.line - 1].count
    }
}
