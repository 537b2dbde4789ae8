import ServiceModel

/// Binds expressions to one app: each selector reads the series of this app, or those that no app has.
public struct AppScope: Sendable {
    /// Why an expression cannot be bound.
    public struct Objection: Error, Sendable, Hashable, CustomStringConvertible {
        public let description: String

        public init(_ description: String) { self.description = description }
    }

    public let app: String

    public init(_ app: String) { self.app = app }

    /// The expression with `app="APP"` in every selector that says nothing about `app`. What the team wrote `app=""` for, series without an app,
    /// stays; nothing else of the text changes.
    ///
    /// - Throws: ``Objection`` when the expression cannot be read, or reads another app's series.
    public func bound(_ expression: String) throws(Objection) -> String {
        let tree: PromQL.Node
        do { tree = try PromQL.parse(expression) } catch { throw Objection("\(error)") }
        var places: [PromQL.Insertion] = []
        var strangers: [PromQL.Matcher] = []
        tree.walk { node, _ in
            guard case .selector(let selector) = node.kind else { return }
            let own = selector.matchers.filter { $0.label == "app" }
            strangers += own.filter { $0.operation != .equal || $0.value != app && !$0.value.isEmpty }
            if own.isEmpty { places.append(selector.insertion) }
        }
        if let stranger = strangers.first {
            throw Objection(
                "app\(stranger.operation.rawValue)\"\(stranger.value)\" reads what is not \(app)'s: leave it out, it is put in by itself")
        }
        let matcher = "app=\(JSON.string(app).text)"
        var bytes = Array(expression.utf8)
        for place in places.sorted(by: { $0.offset > $1.offset }) {
            let text =
                switch place.form {
                case .braces: "{\(matcher)}"
                case .alone: matcher
                case .list: "\(matcher),"
                }
            bytes.insert(contentsOf: text.utf8, at: place.offset)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
