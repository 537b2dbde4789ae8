import Alerting
import HTTPTypes
import ServiceModel

/// Tells a form of ours from one of a stranger's page (cross-site request forgery).
enum FormProof {
    /// The hidden field of every form.
    static let field = "_token"

    /// A template whose forms carry a key as well, so that a second click does nothing a second time (``Repeats``).
    static func completed(_ template: String) -> String {
        let proof = #"<input type="hidden" name="\#(field)" value="{{me.token}}">"#
        return template.replacing(proof, with: proof + #"<input type="hidden" name="\#(Repeats.field)" value="{{page.key}}">"#)
    }

    /// Only a browser session needs it: a token is shown by programs on purpose, never by a browser by itself.
    ///
    /// - Throws: ``ConsoleError`` 403.
    static func check(_ headers: HTTPFields, _ caller: Caller, _ input: JSON) throws {
        guard case .session = caller.proof else { return }
        let site = headers[named: "Sec-Fetch-Site"]
        guard site == nil || site == "same-origin" else { throw refused }
        let shown = headers[named: "X-Form-Token"] ?? input[field].string ?? ""
        guard let token = caller.formToken, BearerToken(token).matches(authorization: "Bearer \(shown)") else { throw refused }
    }

    private static let refused = ConsoleError(
        status: .forbidden, detail: "this form is not from this session: load the page again and send it once more")
}
