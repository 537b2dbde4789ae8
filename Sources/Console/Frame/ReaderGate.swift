import Hummingbird

/// Lets only readers look at what is no endpoint: targets, metrics, the pages of the Slack stand-in. What is posted there shows its own secret.
struct ReaderGate<Context: RequestContext>: RouterMiddleware {
    let gatekeeper: any Gatekeeper

    func handle(_ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response) async throws -> Response {
        if request.method == .get, await gatekeeper.caller(request.headers).role == nil {
            var refusal = Problem.response(.unauthorized, "sign in, or show a token: Authorization: Bearer …")
            refusal.headers[.wwwAuthenticate] = "Bearer"
            return refusal
        }
        return try await next(request, context)
    }
}
