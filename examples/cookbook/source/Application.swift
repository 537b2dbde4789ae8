import HTTPTypes
import Hummingbird
import Logging

/// Puts the parts of the API together.
func buildApplication(settings: Settings, logger: Logger) -> some ApplicationProtocol {
    let metrics = Metrics()
    let faults = FaultSwitch(settings.faults)

    let router = Router(context: APIContext.self)
    router.addMiddleware {
        VersionHeader(version: settings.version)
        RequestRecorder(metrics: metrics)
    }
    RecipeRoutes(book: RecipeBook(), version: settings.version).add(to: router.group("recipes").add(middleware: FaultInjector(faults: faults)))
    OperationRoutes(metrics: metrics, faults: faults, version: settings.version).add(to: router)

    return Application(
        router: router,
        configuration: .init(address: .hostname("0.0.0.0", port: settings.port), serverName: nil),
        logger: logger
    )
}

/// What accompanies a request through the API.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// A recipe needs no more, so a larger body is refused before it is read.
    var maxUploadSize: Int { 64 * 1024 }

    init(source: Source) {
        coreContext = .init(source: source)
    }
}

extension HTTPField.Name {
    /// Which version of the app answered.
    static let recipesVersion = Self(parsed: "X-Recipes-Version")
}

/// Tells the app's version in every answer, errors included.
struct VersionHeader<Context: RequestContext>: RouterMiddleware {
    let version: String

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if let name = HTTPField.Name.recipesVersion { response.headers[name] = version }
        return response
    }
}
