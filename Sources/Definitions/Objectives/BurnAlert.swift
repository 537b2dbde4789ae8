/// An alert about how fast a budget is spent, over a long and a short window.
///
/// Google, "The Site Reliability Workbook", chapter 5.
public struct BurnAlert: Sendable, Hashable {
    public var severity: AlertRule.Severity
    /// The long window; the short one is a twelfth of it.
    public var minutes: Int
    /// The share of the budget that may be gone when it fires.
    public var share: Percent

    public init(severity: AlertRule.Severity, minutes: Int, share: Percent) {
        self.severity = severity
        self.minutes = minutes
        self.share = share
    }

    public var shortMinutes: Int { minutes / 12 }

    /// 2 % within an hour and 5 % within six call somebody; 10 % within a day or three days can wait for the morning.
    public static let standard = [
        BurnAlert(severity: .page, minutes: 60, share: Percent(millionths: 2_000_000)),
        BurnAlert(severity: .page, minutes: 360, share: Percent(millionths: 5_000_000)),
        BurnAlert(severity: .ticket, minutes: 1_440, share: Percent(millionths: 10_000_000)),
        BurnAlert(severity: .ticket, minutes: 4_320, share: Percent(millionths: 10_000_000)),
    ]

    /// How many times faster than allowed the budget is spent when it fires: share × window ÷ long window. Below 1 it would warn of a service that
    /// keeps its promise, so it is at least 1.
    public func burnRate(in window: Objective.Window) -> Fraction {
        max(Fraction(1, 1), share.fraction * Fraction(window.nominalDays * 1_440, minutes))
    }

    /// The share of failures above which it fires.
    public func threshold(of objective: Objective) -> Fraction { burnRate(in: objective.window) * objective.budget.fraction }

    /// The long window as Prometheus and people write it.
    public var text: String { Self.text(minutes: minutes) }
    public var shortText: String { Self.text(minutes: shortMinutes) }

    public static func text(minutes: Int) -> String {
        if minutes % 1_440 == 0 { return "\(minutes / 1_440)d" }
        return minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes)m"
    }
}
