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
    /// The status codes that it may answer besides those that every endpoint may.
    var refusals: [Int] = []
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
}
