import Foundation
import NIOHTTP1
import ServiceModel
import TestSupport

@testable import Console

/// A browser without a window: it keeps cookies, and follows where it is led.
actor Visitor {
    private let host: ConsoleHost
    private var cookies: [String: String] = [:]

    init(_ host: ConsoleHost) { self.host = host }

    var session: String? { cookies["__Host-sid"] }

    /// One request; where it leads is not followed.
    func get(_ path: String) async throws -> ConsoleHost.Answer { try await send(.GET, path) }

    /// Follows until a page comes.
    func open(_ path: String) async throws -> ConsoleHost.Answer {
        var answer = try await get(path)
        for _ in 0..<10 {
            guard (300..<400).contains(answer.status), let next = answer.location else { return answer }
            answer = try await get(next)
        }
        throw ConditionNotMet(description: "led in a circle from \(path)")
    }

    /// Sends a form, with the token that the session's forms have.
    func post(_ path: String, _ form: String = "") async throws -> ConsoleHost.Answer {
        let proof = session.map { Secret.derived(from: $0, for: "form") } ?? ""
        return try await send(
            .POST, path, headers: [("Content-Type", "application/x-www-form-urlencoded")], body: form + (form.isEmpty ? "" : "&") + "_token=\(proof)")
    }

    /// What `/api/me` says.
    func me() async throws -> JSON { try await get("/api/me").json }

    func send(_ method: HTTPMethod, _ path: String, headers: [(String, String)] = [], body: String? = nil) async throws -> ConsoleHost.Answer {
        let isHome = path.hasPrefix("/") || path.hasPrefix(host.url)
        let shown = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let answer = try await host.send(method, path, headers: headers + (isHome && !shown.isEmpty ? [("Cookie", shown)] : []), body: body)
        for header in answer.headers["Set-Cookie"] {
            let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            cookies[pair[0]] = header.contains("Max-Age=0") ? nil : pair[1]
        }
        return answer
    }
}
