import Hummingbird
import Logging

/// How the app misbehaves on demand.
struct Faults: ResponseEncodable, Sendable, Equatable {
    static let percents = 0...100
    static let delays = 0...60_000

    /// How many of 100 requests for recipes fail with status 500.
    var failPercent = 0
    /// How long a request for recipes waits before it is answered.
    var delayMilliseconds = 0
    /// Whether `/healthz` answers 503.
    var unhealthy = false

    private enum CodingKeys: String, CodingKey {
        case failPercent = "fail_percent"
        case delayMilliseconds = "delay_ms"
        case unhealthy
    }

    var metadata: Logger.Metadata {
        ["fail_percent": "\(failPercent)", "delay_ms": "\(delayMilliseconds)", "unhealthy": "\(unhealthy)"]
    }

    /// The fields that a client wants to change; the others stay as they are.
    struct Changes: Decodable, Sendable {
        let failPercent: Int?
        let delayMilliseconds: Int?
        let unhealthy: Bool?

        private enum CodingKeys: String, CodingKey {
            case failPercent = "fail_percent"
            case delayMilliseconds = "delay_ms"
            case unhealthy
        }
    }
}

/// The position of the switch.
actor FaultSwitch {
    private(set) var current: Faults

    init(_ faults: Faults) {
        current = faults
    }

    /// Changes the given fields.
    /// - Returns: all of them, as they are now.
    /// - Throws: `HTTPError` 422 that names the field that is out of range; nothing is changed then.
    func apply(_ changes: Faults.Changes) throws -> Faults {
        func checked(_ name: String, _ value: Int?, in range: ClosedRange<Int>) throws -> Int? {
            guard let value, !range.contains(value) else { return value }
            throw HTTPError(.unprocessableContent, message: "\(name) must be from \(range.lowerBound) to \(range.upperBound)")
        }
        let next = Faults(
            failPercent: try checked("fail_percent", changes.failPercent, in: Faults.percents) ?? current.failPercent,
            delayMilliseconds: try checked("delay_ms", changes.delayMilliseconds, in: Faults.delays) ?? current.delayMilliseconds,
            unhealthy: changes.unhealthy ?? current.unhealthy)
        current = next
        return next
    }
}

/// Delays and fails requests as the switch says.
struct FaultInjector<Context: RequestContext>: RouterMiddleware {
    let faults: FaultSwitch

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let settings = await faults.current
        if settings.delayMilliseconds > 0 {
            try await Task.sleep(for: .milliseconds(settings.delayMilliseconds))
        }
        if settings.failPercent > 0, Int.random(in: 0..<100) < settings.failPercent {
            throw HTTPError(.internalServerError, message: "failed on demand: PUT /switch {\"fail_percent\": 0} ends it")
        }
        return try await next(request, context)
    }
}
