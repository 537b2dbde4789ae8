import ServiceModel
import Testing

@testable import Definitions

/// What Psych 4.0.4 (Ruby 3.1) makes of a plain scalar, except for dates and symbols, which stay texts here.
@Test(
    arguments: [
        ("yes", true), ("Yes", true), ("YES", true), ("on", true), ("ON", true), ("true", true), ("True", true), ("no", false), ("off", false),
        ("Off", false), ("false", false), ("null", nil), ("Null", nil), ("NULL", nil), ("~", nil), ("", nil), ("y", "y"), ("n", "n"), ("tru", "tru"),
        ("nul", "nul"), ("0777", 511), ("0_7", 7), ("00", 0), ("0o17", "0o17"), ("08", "08"), ("089", "089"), ("1_000", 1000), ("1,000", 1000),
        ("-1_000", -1000), ("+5", 5), ("0x1F", 31), ("-0x1f", -31), ("0X1F", "0X1F"), ("0x", "0x"), ("0x-5", "0x-5"), ("0b101", 5), ("0b2", "0b2"),
        ("12:30", 45000), ("1:30:45", 5445), ("-1:30", -1800), ("12:60", "12:60"), ("1:2", 3720), ("1:2:3:4", "1:2:3:4"), ("190:20:30.15", 685230.15),
        ("1e3", "1e3"), ("1.0e3", "1.0e3"), ("1.5e3", "1.5e3"), ("1.e+3", 1000.0), ("1.5e+3", 1500.0), ("1.5E-3", 0.0015), (".5", 0.5), ("+.5", 0.5),
        ("5.", 5.0), (".5e+1", 5.0), (".5e1", ".5e1"), (".", "."), ("-.", "-."), ("1_0.5", 10.5), ("1,0.5", 10.5), ("12,34.5", 1234.5),
        ("10.50", 10.5), ("1.2.3", "1.2.3"), ("0.0.0.0", "0.0.0.0"), ("2024-01-02", "2024-01-02"), ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"),
        (":sym", ":sym"), ("+", "+"), ("-", "-"), ("--", "--"), ("-e", "-e"), ("0", 0), ("-0", 0), ("1__0", "1__0"), ("1_", "1_"), ("_1", "_1"),
        ("1-", "1-"), ("1,2", 12), ("1,,2", "1,,2"), ("a:b", "a:b"), ("=", "="), ("99999999999999999999", "99999999999999999999"),
        ("012345678901", "012345678901"),
    ] as [(String, JSON)])
func `a plain scalar means what it means to Psych`(text: String, expected: JSON) {
    #expect(YAMLScalar.value(text) == expected)
}

@Test(arguments: [".inf", "-.inf", "+.Inf", ".nan", ".NaN"])
func `JSON has no infinity`(text: String) {
    #expect(YAMLScalar.value(text) == nil)
}
