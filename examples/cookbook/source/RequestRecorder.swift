import HTTPTypes
import Hummingbird
import Logging

/// Turns errors into answers, and puts every answer into the metrics and the log.
struct RequestRecorder<Context: RequestContext>: RouterMiddleware {
    let metrics: Metrics

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        let response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try Self.answer(to: error, request, context)
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            response = try HTTPError(.internalServerError, message: "the request failed: the log says why").response(from: request, context: context)
        }
        let seconds = (clock.now - start) / .seconds(1)
        let route = context.endpointPath ?? "unknown"
        // A client may invent methods; the series must stay few.
        let method = Self.methods.contains(request.method) ? request.method : .connect
        await metrics.record(method: method, route: route, code: response.status.code, seconds: seconds)
        context.logger.log(
            level: Self.level(of: route, code: response.status.code), "request",
            metadata: [
                "method": "\(request.method)", "path": "\(request.uri.path)", "code": "\(response.status.code)",
                "milliseconds": "\((seconds * 1_000_000).rounded() / 1_000)",
            ])
        return response
    }

    /// Errors of the framework itself may come without a text: their status is better than nothing.
    private static func answer(to error: any HTTPResponseError, _ request: Request, _ context: Context) throws -> Response {
        let response = try error.response(from: request, context: context)
        guard response.body.contentLength == 0 else { return response }
        return try HTTPError(error.status, message: error.status.reasonPhrase.lowercased()).response(from: request, context: context)
    }

    private static var methods: Set<HTTPRequest.Method> { [.get, .head, .post, .put, .patch, .delete, .options] }

    /// Health checks and scrapes come every few seconds and would drown the rest.
    private static func level(of route: String, code: Int) -> Logger.Level {
        if code >= 500 { return .warning }
        return route == "/healthz" || route == "/metrics" ? .debug : .info
    }
}
