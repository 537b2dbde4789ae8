/// The status codes of a healthy answer: `200`, `200,302`, `200-299`, or several of these.
struct StatusMatcher: Codable, Sendable, Equatable {
    /// As it was written.
    let text: String
    private let ranges: [ClosedRange<Int>]

    static let ok = StatusMatcher(text: "200", ranges: [200...200])

    private init(text: String, ranges: [ClosedRange<Int>]) {
        self.text = text
        self.ranges = ranges
    }

    /// Nil when the text is not such a list, or a code is not from 200 to 499.
    init?(_ text: String) {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let codes = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
            guard (1...2).contains(codes.count), codes.allSatisfy((200...499).contains), codes[0] <= codes[codes.count - 1] else { return nil }
            ranges.append(codes[0]...codes[codes.count - 1])
        }
        guard !ranges.isEmpty else { return nil }
        self.init(text: text, ranges: ranges)
    }

    func matches(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }
}
