/// A share in percent, exact: whole millionths of a percent, so that 99.95 is 99.95 and nothing beside it.
public struct Percent: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 100 % in ``millionths``.
    public static let whole = 100_000_000

    /// Of a percent.
    public let millionths: Int

    public init(millionths: Int) { self.millionths = millionths }

    /// Reads a decimal such as `99.95`; nil for anything else, and for more than six decimals.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, (1...9).contains(first.count), first.allSatisfy({ $0.isASCII && $0.isNumber }), let whole = Int(first) else {
            return nil
        }
        let digits = parts.count == 2 ? parts[1].reversed().drop { $0 == "0" }.reversed() : []
        guard digits.count <= 6, digits.allSatisfy({ $0.isASCII && $0.isNumber }), parts.count == 1 || !parts[1].isEmpty else { return nil }
        let fraction = Int(String(digits) + String(repeating: "0", count: 6 - digits.count)) ?? 0
        millionths = whole * 1_000_000 + fraction
    }

    /// What is left to the whole: the budget of an objective.
    public var rest: Percent { Percent(millionths: Self.whole - millionths) }

    /// The share, from 0 to 1.
    public var fraction: Fraction { Fraction(millionths, Self.whole) }

    /// Without the sign: `99.95`.
    public var description: String { (fraction * Fraction(100, 1)).decimal }

    public static func < (left: Percent, right: Percent) -> Bool { left.millionths < right.millionths }
}
