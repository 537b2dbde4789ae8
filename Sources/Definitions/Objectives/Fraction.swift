/// An exact number of at least 0: two integers without a common factor.
public struct Fraction: Sendable, Hashable, Comparable {
    public let numerator: Int
    public let denominator: Int

    /// - Parameters:
    ///   - numerator: at least 0.
    ///   - denominator: more than 0.
    public init(_ numerator: Int, _ denominator: Int) {
        let divisor = max(1, Self.commonDivisor(numerator, denominator))
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    public var double: Double { Double(numerator) / Double(denominator) }

    public static func * (left: Fraction, right: Fraction) -> Fraction {
        // reduced crosswise first, so that the products stay small
        let (first, second) = (Fraction(left.numerator, right.denominator), Fraction(right.numerator, left.denominator))
        return Fraction(first.numerator * second.numerator, first.denominator * second.denominator)
    }

    public static func < (left: Fraction, right: Fraction) -> Bool {
        Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator) * Int128(left.denominator)
    }

    /// The number in decimal digits: exactly where that ends within twelve digits, else rounded to twelve.
    public var decimal: String {
        var digits = String(numerator / denominator)
        var rest = Int128(numerator % denominator)
        guard rest > 0 else { return digits }
        var significant = digits == "0" ? 0 : digits.count
        var fraction: [Int] = []
        while rest > 0, significant < 12 {
            rest *= 10
            fraction.append(Int(rest / Int128(denominator)))
            rest %= Int128(denominator)
            if significant > 0 || fraction.last != 0 { significant += 1 }
        }
        if rest * 2 >= Int128(denominator) {
            var place = fraction.count - 1
            while place >= 0, fraction[place] == 9 {
                fraction[place] = 0
                place -= 1
            }
            if place >= 0 { fraction[place] += 1 } else { digits = String(numerator / denominator + 1) }
        }
        while fraction.last == 0 { fraction.removeLast() }
        return fraction.isEmpty ? digits : digits + "." + fraction.map(String.init).joined()
    }

    private static func commonDivisor(_ left: Int, _ right: Int) -> Int {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }
}
