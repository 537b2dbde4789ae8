import HTTPTypes

/// The cookies that a browser sent.
struct Cookies: Sendable {
    private let values: [Substring: Substring]

    init(_ headers: HTTPFields) {
        var values: [Substring: Substring] = [:]
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { continue }
                values[Substring(String(parts[0]).trimmingWhitespace())] = parts[1]
            }
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[Substring(name)].map(String.init) }
}
