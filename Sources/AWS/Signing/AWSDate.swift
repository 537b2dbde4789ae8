import Foundation

/// The three spellings of a moment that AWS uses over HTTP, in integer arithmetic: no locale, no shared formatter.
enum AWSDate {
    /// `20150830T123600Z`, for signatures.
    static func basic(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let day = seconds.dividedDown(by: 86_400)
        let time = seconds - day * 86_400
        // Days since 1970 to a date, counted in eras of 400 years that begin in March (Hinnant, "chrono-compatible low-level date algorithms").
        let shifted = day + 719_468
        let era = shifted.dividedDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let parts = [month, dayOfYear - (153 * marchMonth + 2) / 5 + 1, time / 3_600, time / 60 % 60, time % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(year)\(parts[0])\(parts[1])T\(parts[2])\(parts[3])\(parts[4])Z"
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, of the headers Date and Retry-After.
    static func parseHTTP(_ text: String) -> Date? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "-" })
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])) else { return nil }
        guard let year = Int(words[3]), let time = time(words[4]) else { return nil }
        return date(year: year, month: month + 1, day: day, seconds: time)
    }

    /// `2026-11-23T23:54:30Z`, also with a fraction or an offset, as credentials spell their expiry.
    static func parseISO8601(_ text: String) -> Date? {
        let halves = text.split(separator: "T")
        guard halves.count == 2 else { return nil }
        let day = halves[0].split(separator: "-").compactMap { Int($0) }
        guard day.count == 3, let zone = halves[1].firstIndex(where: { $0 == "Z" || $0 == "+" || $0 == "-" }) else { return nil }
        let clock = halves[1][..<zone].split(separator: ".")
        guard let first = clock.first, let seconds = time(first) else { return nil }
        var offset = 0
        if halves[1][zone] != "Z" {
            let digits = halves[1][zone...].filter(\.isNumber)
            guard digits.count == 4, let number = Int(digits) else { return nil }
            offset = (number / 100 * 60 + number % 100) * (halves[1][zone] == "-" ? -60 : 60)
        }
        return date(year: day[0], month: day[1], day: day[2], seconds: seconds - offset)
    }

    private static func time(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 3, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]), (0...60).contains(parts[2]) else { return nil }
        return parts[0] * 3_600 + parts[1] * 60 + parts[2]
    }

    private static func date(year: Int, month: Int, day: Int, seconds: Int) -> Date? {
        guard (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.dividedDown(by: 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return Date(timeIntervalSince1970: Double(days * 86_400 + seconds))
    }
}

extension Int {
    /// Division that rounds towards minus infinity.
    fileprivate func dividedDown(by divisor: Int) -> Int { self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor) }
}
