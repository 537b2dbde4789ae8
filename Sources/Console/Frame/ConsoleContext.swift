import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceModel

/// What a request carries besides itself.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Of whoever is at the other end.
    let address: String?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress
    }
}

extension Visit {
    init(_ request: Request, _ context: ConsoleContext, caller: Caller, wantsJSON: Bool) {
        var parameters: [String: String] = [:]
        for (name, value) in context.parameters {
            parameters[String(name)] = value.utf8.contains(UInt8(ascii: "%")) ? value.removingPercentEncoding ?? String(value) : String(value)
        }
        var query: [String: String] = [:]
        for (name, value) in Input.fields(request.uri.query ?? "") { query[name] = value }
        self.init(
            id: "\(context.id)", caller: caller, path: request.uri.string, parameters: parameters, query: query, input: [:],
            headers: request.headers, body: request.body, address: context.address,
            language: Language(headers: request.headers), app: nil, wantsJSON: wantsJSON)
    }

    func with(input: JSON, app: App?) -> Visit {
        Visit(
            id: id, caller: caller, path: path, parameters: parameters, query: query, input: input, headers: headers, body: body, address: address,
            language: language, app: app, wantsJSON: wantsJSON, event: event)
    }
}
