/// Actions that need no target, as lines of a backend.
enum ActionLines {
    static func of(_ action: RuleAction) -> [String] {
        switch action {
        case .forward: []
        case .redirect(let redirect): lines(redirect)
        case .fixedResponse(let response): [line(response)]
        }
    }

    private static func line(_ response: RuleAction.FixedResponse) -> String {
        let status = "http-request return status \(response.status)"
        guard let body = response.body, !body.isEmpty else { return status }
        return "\(status) content-type \(response.contentType ?? "text/plain") string \(ConfigurationWord.literal(body))"
    }

    private static func lines(_ redirect: RuleAction.Redirect) -> [String] {
        let scheme = redirect.scheme == "#{protocol}" ? "http" : redirect.scheme.lowercased()
        let base = "\(scheme)://\(format(redirect.host)):\(format(redirect.port))\(format(redirect.path))"
        func line(_ location: String, _ condition: String = "") -> String {
            "http-request redirect location \(location) code \(redirect.status)\(condition)"
        }
        switch redirect.query {
        case "": return [line(base)]
        case "#{query}": return [line("\(base)?%[query]", " if { query -m len gt 0 }"), line(base)]
        default: return [line("\(base)?\(format(redirect.query))")]
        }
    }

    /// A part of a redirect, its placeholders replaced by what HAProxy knows of the request.
    private static func format(_ part: String) -> String {
        let fetches = [
            ("/#{path}", "%[path]"), ("#{path}", "%[path,regsub(^/,)]"), ("#{host}", "%[var(txn.host)]"), ("#{port}", "%[dst_port]"),
            ("#{query}", "%[query]"), ("#{protocol}", "http"),
        ]
        var output = ""
        var rest = part[...]
        var literal = ""
        while !rest.isEmpty {
            if let (placeholder, fetch) = fetches.first(where: { rest.hasPrefix($0.0) }) {
                output += ConfigurationWord.format(literal) + fetch
                literal = ""
                rest = rest.dropFirst(placeholder.count)
            } else {
                literal.append(rest.removeFirst())
            }
        }
        return output + ConfigurationWord.format(literal)
    }
}
