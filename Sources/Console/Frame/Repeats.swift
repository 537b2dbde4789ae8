import Crypto
import Foundation
import HTTPTypes
import ServiceModel
import Store
import Synchronization

/// Sees to it that an action which is sent twice is done once: `Idempotency-Key` of programs, the hidden field of forms.
///
/// Items: partition `idempotency`, sort key a hash of caller, address and key. They expire after a day, and after ten minutes where nobody
/// knows what became of it.
final class Repeats: Sendable {
    /// The hidden field of every form.
    static let field = "_key"

    /// The right to do it, once.
    struct Ticket: Sendable {
        fileprivate let key: StoreKey
        fileprivate let fingerprint: String
    }

    enum Claim: Sendable {
        case first(Ticket)
        case again(Answer)
    }

    private static let lifetime: TimeInterval = 24 * 3600
    private static let longestAction: TimeInterval = 600
    /// Keys of one caller in a day.
    private static let mostKeys = 1000
    /// The largest answer that is kept, in bytes.
    private static let largestAnswer = 1 << 16

    private let store: any Store
    private let counts = Mutex<(day: Int, keys: [String: Int])>((0, [:]))

    init(store: any Store) { self.store = store }

    /// - Returns: nil for a request without a key.
    /// - Throws: ``ConsoleError`` 400 for a malformed key, 409 while the first is being worked on, 422 for another body, 429 for too many keys.
    func claim(_ visit: Visit, _ endpoint: Endpoint) async throws -> Claim? {
        let header = visit.headers[named: "Idempotency-Key"]
        guard let text = header ?? visit.input[Self.field].string, !text.isEmpty || header != nil else { return nil }
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw ConsoleError(status: .badRequest, detail: "Idempotency-Key is 1 to 255 printable characters, such as a UUID")
        }
        var plain = visit.input
        plain[FormProof.field] = .null
        plain[Self.field] = .null
        let fingerprint = Self.hash(plain.canonical.text)
        let caller = Self.identity(visit.caller)
        // A page may have many forms of one address, and all of them carry its one key.
        let parts = [caller, visit.path.prefix { $0 != "?" } + "", text] + (header == nil ? [fingerprint] : [])
        let key = StoreKey(partition: "idempotency", sort: Self.hash(parts.joined(separator: "\n")))
        for _ in 0..<300 {
            if try await take(key, fingerprint, caller) { return .first(Ticket(key: key, fingerprint: fingerprint)) }
            guard let item = try await store.get(key), let kept = try? JSON(parsing: item.body) else { continue }
            guard kept["fingerprint"].string == fingerprint else {
                throw ConsoleError(
                    status: .unprocessableContent, detail: "this Idempotency-Key came with another body before: take a new one for a new action")
            }
            if kept["state"] == "done" { return .again(try Self.answer(kept)) }
            // Whoever clicked twice wants to see what came of it.
            guard header == nil else { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw ConsoleError(status: .conflict, detail: "the first request with this Idempotency-Key is still being worked on", retryAfter: 1)
    }

    /// Keeps the answer for whoever sends the same again.
    func keep(_ ticket: Ticket, _ answer: Answer, _ endpoint: Endpoint) async {
        var kept: JSON = ["fingerprint": .string(ticket.fingerprint), "state": "done"]
        if case .done(let body, let see, let status, _) = answer {
            kept["status"] = .integer(status.code)
            kept["see"] = .string(see)
            // A token is shown once, and kept nowhere.
            let isSecret = endpoint.permission == .own || endpoint.permission == .machine
            if !isSecret, body.bytes.count <= Self.largestAnswer { kept["body"] = body }
        }
        try? await store.write([.put(ticket.key, body: kept.bytes, expiry: Date() + Self.lifetime)])
    }

    /// Nothing was done: the key may be used again.
    func release(_ ticket: Ticket) async {
        try? await store.write([.delete(ticket.key)])
    }

    private func take(_ key: StoreKey, _ fingerprint: String, _ caller: String) async throws -> Bool {
        let body: JSON = ["fingerprint": .string(fingerprint), "state": "running"]
        do {
            try await store.write([.put(key, body: body.bytes, condition: .absent, expiry: Date() + Self.longestAction)])
        } catch {
            guard case .conditionFailed = error else { throw error }
            return false
        }
        let day = Int(Date().timeIntervalSince1970 / Self.lifetime)
        let count = counts.withLock { counts in
            if counts.day != day { counts = (day, [:]) }
            counts.keys[caller, default: 0] += 1
            return counts.keys[caller] ?? 0
        }
        guard count <= Self.mostKeys else {
            try? await store.write([.delete(key)])
            throw ConsoleError(
                status: .tooManyRequests, detail: "\(Self.mostKeys) keys a day are kept for one caller: send it without Idempotency-Key",
                retryAfter: 3600)
        }
        return true
    }

    private static func answer(_ kept: JSON) throws -> Answer {
        guard case .object = kept["body"] else {
            throw ConsoleError(status: .conflict, detail: "this was done already, and its answer was not kept: look at what there is now")
        }
        return .done(kept["body"], see: kept["see"].string ?? "/", status: .init(code: kept["status"].int ?? 200))
    }

    private static func identity(_ caller: Caller) -> String {
        if case .token(let id) = caller.proof { return "token \(id)" }
        return "\(caller.proof.kind) \(caller.name)"
    }

    private static func hash(_ text: String) -> String { SHA256.hash(data: Array(text.utf8)).hexadecimal }
}
