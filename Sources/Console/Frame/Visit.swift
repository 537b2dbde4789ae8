import Definitions
import HTTPTypes
import Hummingbird
import ServiceModel

/// A request as an endpoint sees it: checked, parsed, and with the answer to "who asks?".
struct Visit: Sendable {
    let id: String
    let caller: Caller
    let path: String
    /// Named parts of the path.
    let parameters: [String: String]
    let query: [String: String]
    /// The fields of a form or of a JSON body.
    let input: JSON
    let headers: HTTPFields
    let body: RequestBody
    /// Where it comes from, if known.
    let address: String?
    let language: Language
    /// The app in the path, if the endpoint has one.
    let app: App?
    /// False for a browser.
    let wantsJSON: Bool
    /// The last event when the request came in: what the page shows is at least as new.
    var event = 0

    /// The app that a path names.
    struct App: Sendable {
        let name: String
        let definition: Definition
        let team: String?
    }

    /// Who is written down as the one who did it. The server's own token may speak for somebody: `by` in the body.
    var actor: String {
        guard caller.proof == .machine, let by = input["by"].string, !by.isEmpty else { return caller.name }
        return String(by.prefix(100))
    }

    /// The app in the path.
    ///
    /// - Throws: a 404, where the endpoint has none.
    func requireApp() throws -> App {
        guard let app else { throw ConsoleError.notFound("this address names no app") }
        return app
    }

    /// All values of a name in the query.
    func queries(_ name: String) -> [String] {
        let query = path.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        return Input.fields(query).filter { $0.0 == name }.map(\.1)
    }

    /// A text field that has to be there.
    func text(_ name: String, upTo limit: Int = 500) throws -> String {
        guard let text = input[name].string?.trimmingWhitespace(), !text.isEmpty else { throw ConsoleError.invalid(name, "\(name) is missing") }
        guard text.utf8.count <= limit else { throw ConsoleError.invalid(name, "\(name) is longer than \(limit) bytes") }
        return text
    }

    /// A number in the query, bounded.
    func number(_ name: String, default standard: Int, in range: ClosedRange<Int>) throws -> Int {
        guard let text = query[name], !text.isEmpty else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw ConsoleError(
                status: .badRequest, detail: "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound), not \(text.prefix(40))")
        }
        return number
    }
}

extension String {
    func trimmingWhitespace() -> String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
