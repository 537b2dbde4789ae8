import HTTPTypes
import ServiceModel

/// Why a request is refused, for a page as for `application/problem+json` (RFC 9457).
struct ConsoleError: Error, Sendable {
    /// One field of a form or of a body.
    struct Field: Sendable, Hashable {
        let name: String
        /// In words, with what to do.
        let detail: String
    }

    var status: HTTPResponse.Status
    /// What happened and what to do next.
    var detail: String
    var fields: [Field] = []
    /// In words; nil where it does not matter.
    var whoCan: String?
    /// What is there now, for a stale edit.
    var current: JSON?
    /// What its page shows besides: `said`, a sentence in the reader's language in the place of `detail`, and `technical` and `retry` under it.
    var page: JSON = [:]
    /// Where it differs from what was sent.
    var differences: [Difference] = []
    /// When to come again, in seconds.
    var retryAfter: Int?
    /// The methods that an address takes.
    var allow: [String] = []

    struct Difference: Sendable, Hashable {
        let name: String
        let yours: JSON
        let current: JSON
    }

    static func notFound(_ detail: String) -> ConsoleError { ConsoleError(status: .notFound, detail: detail) }
    static func invalid(_ name: String, _ detail: String) -> ConsoleError {
        ConsoleError(status: .unprocessableContent, detail: detail, fields: [Field(name: name, detail: detail)])
    }

    /// The body of the answer.
    ///
    /// - Parameter instance: the request's id.
    func json(instance: String) -> JSON {
        var body: JSON = [
            "type": .string(ProblemKind.of(status)?.path ?? "about:blank"), "title": .string(status.reasonPhrase), "status": .integer(status.code),
            "detail": .string(detail),
            "instance": .string(instance),
        ]
        if !fields.isEmpty {
            body["errors"] = .array(fields.map { ["pointer": .string("/" + $0.name), "detail": .string($0.detail)] })
        }
        if let whoCan { body["who_can"] = .string(whoCan) }
        if let current { body["current"] = current }
        if !differences.isEmpty {
            body["differences"] = .array(
                differences.map { ["pointer": .string("/" + $0.name), "yours": $0.yours, "current": $0.current] as JSON })
        }
        if let retryAfter { body["retry_after_s"] = .integer(retryAfter) }
        return body
    }

    /// What the page of the error shows.
    func pageData(instance: String) -> JSON {
        var data = json(instance: instance)
        for (name, value) in page.object { data[name] = value }
        return data
    }
}
