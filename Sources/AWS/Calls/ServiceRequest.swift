import Foundation
import ServiceModel

/// From an operation and its input to a request, in the service's protocol.
enum ServiceRequest {
    static func encode(_ operation: ServiceModel.Operation, _ input: JSON, model: ServiceModel, endpoint: Endpoint) -> WireRequest {
        var input = input
        if let member = ServiceIdentity(model).idempotencyMembers[operation.name], input[member].isNull {
            if input.isNull { input = [:] }
            input[member] = .string(UUID().uuidString.lowercased())  // the same in every attempt of this call
        }
        var request = WireRequest(method: "POST", endpoint: endpoint, headers: [("Host", endpoint.hostHeader), ("User-Agent", "jubako")])
        switch model.wireProtocol {
        case .json:
            request.headers += [("Content-Type", "application/x-amz-json-1.1"), ("X-Amz-Target", "\(model.scope).\(operation.name)")]
            request.body = input.isNull ? Array("{}".utf8) : input.bytes
        case .query:
            request.headers.append(("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"))
            request.body = Array(QueryProtocol.encodeForm(operation, input, model: model).utf8)
        }
        return request
    }
}
