import HTTPTypes
import ServiceModel

/// One thing that the server answers: a page with its JSON twin, an action, or an interface for programs.
///
/// Routes, rights, the audit log and `/openapi.json` are all made of these.
struct Endpoint: Sendable {
    struct Route: Sendable, Hashable {
        let method: HTTPRequest.Method
        /// With `{name}` for its parameters.
        let path: String
    }

    /// A field of the query or of the body.
    struct Field: Sendable {
        let name: String
        let about: String
        var isRequired = false
        /// JSON Schema.
        var schema: JSON = ["type": "string"]
        /// It may come more than once.
        var isRepeatable = false
    }

    /// In one line, for the OpenAPI document and the audit log: "Set an app's channel".
    let summary: String
    let permission: Permission
    /// For browsers: GET for pages, POST for actions.
    var page: Route?
    /// For programs.
    var api: Route?
    /// The template of its page.
    var template: String?
    /// The title's key among the words.
    var title: String?
    var query: [Field] = []
    var body: [Field] = []
    /// The JSON Schema of its answer.
    var returns: JSON = ["type": "object"]
    /// The status codes of its success.
    var successes = [200]
    /// The status codes that it may answer besides those that every endpoint may.
    var refusals: [Int] = []
    /// What its answer is, where that is not JSON.
    var produces: [String] = []
    /// An edit that `If-Match` may bind to what its caller saw.
    var isVersioned = false
    /// Whether the audit log keeps it; nil for what the method and the permission say.
    var audits: Bool?
    /// The largest body that it takes, in bytes.
    var mostBody = Input.limit
    /// The page that shows the form again, with what was typed, when an action refuses it.
    var form: String?
    let answer: @Sendable (Visit) async throws -> Answer

    /// A page and its twin under `/api`.
    ///
    /// - Parameter api: where the twin is; nil for `/api` + `path`.
    static func page(
        _ path: String, api: String? = nil, template: String, title: String, _ summary: String, permission: Permission = .read,
        query: [Field] = [], returns: JSON = ["type": "object"], answer: @escaping @Sendable (Visit) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            summary: summary, permission: permission, page: Route(method: .get, path: path), api: Route(method: .get, path: api ?? "/api" + path),
            template: template, title: title, query: query, returns: returns, answer: answer)
    }

    /// An action: a form for browsers, a call for programs.
    ///
    /// - Parameters:
    ///   - path: the form's action; nil for an action without a form.
    ///   - form: the path of the page that has the form.
    static func action(
        _ path: String?, api method: HTTPRequest.Method, _ apiPath: String, form: String? = nil, _ summary: String, permission: Permission,
        query: [Field] = [], body: [Field] = [], returns: JSON = ["type": "object"], refusals: [Int] = [],
        answer: @escaping @Sendable (Visit) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            summary: summary, permission: permission, page: path.map { Route(method: .post, path: $0) }, api: Route(method: method, path: apiPath),
            query: query, body: body, returns: returns, refusals: refusals, form: form, answer: answer)
    }

    /// Something for programs only.
    static func api(
        _ method: HTTPRequest.Method, _ path: String, _ summary: String, permission: Permission = .read, query: [Field] = [], body: [Field] = [],
        returns: JSON = ["type": "object"], refusals: [Int] = [], answer: @escaping @Sendable (Visit) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            summary: summary, permission: permission, api: Route(method: method, path: path), query: query, body: body, returns: returns,
            refusals: refusals, answer: answer)
    }

    var changesSomething: Bool { (api ?? page)?.method != .get }
    /// A question may come as POST, and be nothing to write down.
    var isAudited: Bool { audits ?? (changesSomething && permission != .read) }
    /// An action that must not be done twice when it is sent twice.
    var isOnce: Bool { isAudited && (api?.method == .post || api == nil) }

    func with(_ change: (inout Endpoint) -> Void) -> Endpoint {
        var endpoint = self
        change(&endpoint)
        return endpoint
    }

    /// The fields of lists that come in pages: `cursor` is the `next` of the page before.
    static func paging(most: Int) -> [Field] {
        [
            .init(name: "limit", about: "How many", schema: ["type": "integer", "minimum": 1, "maximum": .integer(most)]),
            .init(name: "cursor", about: "The `next` of the page before"),
        ]
    }
}
