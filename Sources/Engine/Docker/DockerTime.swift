import Foundation

/// Docker's times: RFC 3339 with up to nine decimals, `0001-01-01T00:00:00Z` for "never".
enum DockerTime {
    /// Nanoseconds since 1970, or nil if the bytes are no time or mean "never".
    static func nanoseconds(_ bytes: some Collection<UInt8>) -> Int? {
        var rest = Array(bytes)[...]
        func digits(_ count: Int, _ end: UInt8?) -> Int? {
            guard rest.count > count else { return nil }
            var value = 0
            for byte in rest.prefix(count) {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            rest = rest.dropFirst(count)
            if let end {
                guard rest.first == end else { return nil }
                rest = rest.dropFirst()
            }
            return value
        }
        guard let year = digits(4, UInt8(ascii: "-")), let month = digits(2, UInt8(ascii: "-")), let day = digits(2, UInt8(ascii: "T")),
            let hour = digits(2, UInt8(ascii: ":")), let minute = digits(2, UInt8(ascii: ":")), let second = digits(2, nil),
            (1970...2200).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            let decimals = rest.dropFirst().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            guard (1...9).contains(decimals.count) else { return nil }
            fraction = decimals.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            for _ in decimals.count..<9 { fraction *= 10 }
            rest = rest[decimals.endIndex...]
        }
        guard let zone = offset(rest) else { return nil }
        let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - zone
        return seconds * 1_000_000_000 + fraction
    }

    static func date(_ text: String?) -> Date? {
        text.flatMap { nanoseconds($0.utf8) }.map(date)
    }

    static func date(_ nanoseconds: Int) -> Date {
        Date(timeIntervalSince1970: Double(nanoseconds) / 1_000_000_000)
    }

    /// `seconds.nanoseconds`, as the `since` and `until` parameters want it.
    static func parameter(_ nanoseconds: Int) -> String {
        let fraction = String(nanoseconds % 1_000_000_000)
        return "\(nanoseconds / 1_000_000_000)." + String(repeating: "0", count: 9 - fraction.count) + fraction
    }

    private static func offset(_ zone: ArraySlice<UInt8>) -> Int? {
        if zone.elementsEqual("Z".utf8) { return 0 }
        let text = String(decoding: zone, as: UTF8.self)
        guard text.count == 6, let hours = Int(text.dropFirst().prefix(2)), let minutes = Int(text.suffix(2)) else { return nil }
        return (text.first == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }

    /// Days since 1970 in the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
