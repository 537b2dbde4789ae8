/// How a stand-in misbehaves, to see what becomes of the messages.
public struct StandInFaults: Sendable, Hashable {
    /// A channel takes one message in this time, and answers 429 with `Retry-After` to any other.
    public var pace: Duration?
    /// Every nth call answers 500.
    public var failEvery: Int?
    /// Every nth call is never answered.
    public var hangEvery: Int?
    /// The connection of every nth call breaks.
    public var resetEvery: Int?
    /// Every nth call answers `ok: false` with `refusal`.
    public var refuseEvery: Int?
    public var refusal = "internal_error"
    /// The message of a call that hangs or breaks has arrived nevertheless.
    public var keepsUnanswered = false
    /// Names of channels that nobody can post to any more.
    public var archived: Set<String> = []
    /// How long every answer takes.
    public var delay: Duration?

    public init() {}

    enum Verdict: Sendable, Hashable {
        case accept, fail, hang, reset
        case refuse(String)
    }

    func verdict(_ call: Int) -> Verdict {
        func strikes(_ every: Int?) -> Bool { every.map { $0 > 0 && call % $0 == 0 } ?? false }
        if strikes(failEvery) { return .fail }
        if strikes(hangEvery) { return .hang }
        if strikes(resetEvery) { return .reset }
        if strikes(refuseEvery) { return .refuse(refusal) }
        return .accept
    }
}
