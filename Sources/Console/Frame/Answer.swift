import HTTPTypes
import Hummingbird
import ServiceModel

/// What an endpoint has to say. The frame makes a page, JSON or a redirect of it.
enum Answer: Sendable {
    /// What a page shows and its JSON twin is.
    ///
    /// - Parameter version: of what can be edited there, for `ETag` and `If-Match`; nil for what cannot.
    case show(JSON, version: String? = nil)
    /// Something was done: JSON for programs, for browsers a redirect to `see`.
    case done(JSON, see: String, status: HTTPResponse.Status = .ok, change: Change? = nil)
    /// Something was made that is shown now and never again: the endpoint's own page, or JSON with status 201.
    case made(JSON, change: Change)
    /// Streams, metrics, files.
    case response(Response)

    /// What the audit log keeps of a change. Secrets are left out by whoever makes it.
    struct Change: Sendable {
        var before: JSON = .null
        var after: JSON = .null
        var reason: String?
        /// The setting of the app that was changed: then the change is a release. Nil for whatever else was done.
        var setting: String?
    }
}
