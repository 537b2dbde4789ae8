import ServiceModel

/// What a plain YAML scalar means, by the rules of Psych, Ruby's YAML library, that definitions were written for (YAML 1.1 with its own edges).
///
/// Two differences: a date stays the text that was written, and so does `:symbol`; JSON has neither.
enum YAMLScalar {
    /// The value of a scalar that stands without quotes; nil for infinity and "not a number", which JSON cannot say.
    static func value(_ text: String) -> JSON? {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first else { return .null }
            switch first {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): return number(bytes)
            default: return word(bytes)
            }
        }
    }

    private static func word(_ bytes: UnsafeBufferPointer<UInt8>) -> JSON {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.count <= 5 else { return .string(text) }
        switch text.lowercased() {
        case "~", "null": return .null
        case "yes", "true", "on": return .bool(true)
        case "no", "false", "off": return .bool(false)
        default: return .string(text)
        }
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> JSON? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.count <= 64 else { return .string(text) }
        let isSigned = bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-")
        let digits = UnsafeBufferPointer(rebasing: bytes[(isSigned ? 1 : 0)...])
        guard let first = digits.first else { return .string(text) }
        if first == UInt8(ascii: "."), isNotFinite(text.lowercased()) { return nil }
        if digits.contains(UInt8(ascii: ":")) { return sexagesimal(digits, isNegative: bytes[0] == UInt8(ascii: "-")) ?? .string(text) }
        if digits.contains(UInt8(ascii: ".")) { return float(bytes, digits) ?? .string(text) }
        return integer(bytes, digits) ?? .string(text)
    }

    private static func isNotFinite(_ text: String) -> Bool {
        [".inf", "+.inf", "-.inf", ".nan"].contains(text)
    }

    /// `12:30` counts hours and minutes, `1:30:45` seconds as well: both give seconds.
    private static func sexagesimal(_ digits: UnsafeBufferPointer<UInt8>, isNegative: Bool) -> JSON? {
        let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return nil }
        let weights = [3600, 60, 1]
        var sum = 0
        var fraction = 0.0
        for (index, part) in parts.enumerated() {
            var part = part
            if index == parts.count - 1, let point = part.firstIndex(of: UInt8(ascii: ".")) {
                let after = part[(point + 1)...]
                guard after.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) else { return nil }
                fraction = Double("0." + text(after.filter(isDigit)) + "0") ?? 0
                part = part[..<point]
            }
            let clean = part.filter(isDigit)
            let isInner = index > 0
            guard let head = part.first, isDigit(head), part.allSatisfy({ isDigit($0) || !isInner && $0 == UInt8(ascii: "_") }) else { return nil }
            guard !isInner || part.count == 1 || part.count == 2 && head <= UInt8(ascii: "5") else { return nil }
            guard let value = Int(text(clean)) else { return nil }
            let (product, overflows) = value.multipliedReportingOverflow(by: weights[index])
            guard !overflows else { return nil }
            sum += index == 0 && isNegative ? -product : product
        }
        return digits.contains(UInt8(ascii: ".")) ? .number(Double(sum) + fraction) : .integer(sum)
    }

    /// A point, and an exponent only with its sign: `1.5e+3` is a number, `1e3` and `1.5e3` are texts.
    private static func float(_ bytes: UnsafeBufferPointer<UInt8>, _ digits: UnsafeBufferPointer<UInt8>) -> JSON? {
        guard let point = digits.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let whole = digits[..<point]
        if let head = whole.first {
            guard isDigit(head), whole.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ",") }) else { return nil }
        }
        var rest = digits[(point + 1)...]
        let fraction = rest.prefix(while: isDigit)
        rest = rest[fraction.endIndex...]
        var exponent = ""
        if let mark = rest.first {
            guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E"), rest.count >= 3 else { return nil }
            let sign = rest[rest.startIndex + 1]
            let power = rest[(rest.startIndex + 2)...]
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), power.allSatisfy(isDigit) else { return nil }
            exponent = text(rest)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        let sign = bytes[0] == UInt8(ascii: "-") ? "-" : ""
        guard let value = Double(sign + "0" + text(whole.filter(isDigit)) + "." + text(fraction) + "0" + exponent), value.isFinite else { return nil }
        return .number(value)
    }

    private static func integer(_ bytes: UnsafeBufferPointer<UInt8>, _ digits: UnsafeBufferPointer<UInt8>) -> JSON? {
        let isNegative = bytes[0] == UInt8(ascii: "-")
        func parse(_ part: Slice<UnsafeBufferPointer<UInt8>>, radix: Int) -> JSON? {
            let clean = part.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: ",") }
            guard let head = clean.first, head != UInt8(ascii: "+"), head != UInt8(ascii: "-") else { return nil }
            return Int((isNegative ? "-" : "") + text(clean), radix: radix).map(JSON.integer)
        }
        if digits[0] == UInt8(ascii: "0"), digits.count > 1 {
            switch digits[1] {
            case UInt8(ascii: "x"): return parse(digits[2...], radix: 16)
            case UInt8(ascii: "b"): return parse(digits[2...], radix: 2)
            default: return parse(digits[1...], radix: 8)
            }
        }
        var wasDigit = true
        for byte in digits {  // separators stand one by one between digits
            if isDigit(byte) {
                wasDigit = true
            } else {
                guard byte == UInt8(ascii: "_") || byte == UInt8(ascii: ","), wasDigit, byte != digits[0] else { return nil }
                wasDigit = false
            }
        }
        return wasDigit && isDigit(digits[0]) ? parse(digits[0...], radix: 10) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
