import Crypto
import HTTPTypes
import ServiceModel
import Synchronization

/// Lets edits of one thing come one after the other, so that a version that was compared still holds when the new value is written.
final class EditQueue: Sendable {
    private let waiting = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])

    /// - Parameter isPatient: false for what takes long: who comes meanwhile is refused, and does not wait.
    /// - Throws: what `body` does; ``ConsoleError`` 409 for those who do not wait.
    func exclusively<Result>(_ name: String, isPatient: Bool = true, _ body: () async throws -> Result) async throws -> Result {
        guard isPatient || waiting.withLock({ $0[name] == nil }) else {
            throw ConsoleError(status: .conflict, detail: "another edit of \(name) is under way: look again in a minute", retryAfter: 60)
        }
        await withCheckedContinuation { continuation in
            let isFree = waiting.withLock { waiting in
                guard waiting[name] != nil else {
                    waiting[name] = []
                    return true
                }
                waiting[name]?.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
        defer {
            let next: CheckedContinuation<Void, Never>? = waiting.withLock { waiting in
                guard waiting[name]?.isEmpty == false else {
                    waiting[name] = nil
                    return nil
                }
                return waiting[name]?.removeFirst()
            }
            next?.resume()
        }
        return try await body()
    }
}

/// Names a state of something that can be edited, for `ETag` and `If-Match`.
enum Version {
    static func of(_ value: JSON) -> String { String(SHA256.hash(data: value.canonical.bytes).hexadecimal.prefix(16)) }
}

extension Visit {
    /// The hidden field of a form that says what its reader saw.
    static let versionField = "version"

    /// Refuses an edit of what has changed since its caller looked: `If-Match`, or a form's field `version`. Without either, the last one wins.
    ///
    /// - Parameters:
    ///   - version: of what is there now.
    ///   - current: what is there now, by the names of the fields.
    /// - Throws: ``ConsoleError`` 412 with what is there now and where it differs from what was sent.
    func requireCurrent(_ version: String, _ current: JSON) throws {
        let shown: [String]
        if let header = headers[named: "If-Match"] {
            shown = header.split(separator: ",").map { String($0).trimmingWhitespace() }
        } else if let field = input[Self.versionField].string, !field.isEmpty {
            shown = ["\"\(field)\""]
        } else {
            return
        }
        guard !shown.contains("*"), !shown.contains("\"\(version)\"") else { return }
        var differences: [ConsoleError.Difference] = []
        for (name, value) in current.object {
            let yours = input[name]
            // A form's fields are texts.
            if !yours.isNull, yours != value, yours.string != (value.string ?? value.text), yours.double == nil || yours.double != value.double {
                differences.append(.init(name: name, yours: yours, current: value))
            }
        }
        throw ConsoleError(
            status: .preconditionFailed,
            detail: "somebody changed this since you looked: see what is there now, and send yours again if you still want it",
            current: current, differences: differences)
    }
}
