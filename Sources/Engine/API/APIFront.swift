import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceModel

/// The engine's HTTP front: one address for all services, told apart as AWS's SDKs name them.
struct APIFront: Sendable {
    let core: EngineCore
    let logs: LogsAPI
    let metrics: EngineMetrics
    let locality: Locality
    let logger: Logger

    /// The largest request that is read, in bytes. ECS itself takes task definitions up to 64 KiB.
    static let bodyLimit = 1 << 20

    func routes() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/healthz") { _, _ in "ok\n" }
        router.get("/metrics") { _, _ in exposition(await metrics.text()) }
        router.get("/metrics/haproxy") { _, _ in
            do {
                return exposition(try await metrics.haproxy())
            } catch {
                return Response(
                    status: .serviceUnavailable, body: .init(byteBuffer: ByteBuffer(string: "HAProxy's exporter does not answer: \(error)\n")))
            }
        }
        router.post("/") { request, _ in await answer(request) }
        return router
    }

    private func exposition(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"], body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    private func answer(_ request: Request) async -> Response {
        let requestID = Identifier.uuid()
        let target = request.headers[.amzTarget]
        do {
            // Browsers cannot send this header to another site unasked: a page that somebody looks at cannot call the engine.
            guard request.headers[.authorization] != nil else {
                throw EngineError(
                    code: "MissingAuthenticationTokenException", message: "Missing Authentication Token: sign the request, any credentials will do.",
                    statusCode: 403)
            }
            let body: ByteBuffer
            do {
                body = try await request.body.collect(upTo: Self.bodyLimit)
            } catch {
                throw EngineError(code: "RequestEntityTooLarge", message: "The request is larger than \(Self.bodyLimit) bytes.", statusCode: 413)
            }
            if let target { return try await answerJSON(target, body, requestID) }
            return try await answerQuery(String(buffer: body), requestID)
        } catch let error as EngineError {
            return target == nil ? queryError(error, requestID) : jsonError(error, requestID)
        } catch {
            logger.error("request failed", metadata: ["error": "\(error)", "request": "\(requestID)"])
            let error = EngineError.unavailable("The engine could not answer.")
            return target == nil ? queryError(error, requestID) : jsonError(error, requestID)
        }
    }

    // MARK: JSON 1.1

    private func answerJSON(_ target: String, _ body: ByteBuffer, _ requestID: String) async throws(EngineError) -> Response {
        let parts = target.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            throw EngineError(code: "UnknownOperationException", message: "X-Amz-Target \"\(target)\" names no operation.")
        }
        let input: JSON
        do {
            input = body.readableBytes == 0 ? [:] : try JSON(parsing: body.readableBytesView)
        } catch {
            throw EngineError(code: "SerializationException", message: "The request is not JSON: \(error)")
        }
        switch parts[0] {
        case ServiceModel.ecs.scope: return json(try await callECS(parts[1], input), requestID)
        case ServiceModel.drills.scope:
            guard let description = ServiceModel.drills.operations[parts[1]], let operation = Operation.drills[parts[1]] else {
                throw EngineError(code: "UnknownOperationException", message: "There is no operation \"\(parts[1])\" on drills.")
            }
            return json(try await carryOut(operation, Operation.check(input, for: description, of: .drills)), requestID)
        case ServiceModel.logs.scope: return json(try await logs.call(parts[1], input), requestID)
        default:
            throw EngineError(code: "UnknownOperationException", message: "The service \"\(parts[0])\" is not part of this engine.")
        }
    }

    private func callECS(_ name: String, _ input: JSON) async throws(EngineError) -> JSON {
        guard let description = ServiceModel.ecs.operations[name] else {
            throw EngineError(code: "UnknownOperationException", message: "Amazon ECS has no operation \"\(name)\".")
        }
        guard let operation = Operation.ecs[name] else {
            throw EngineError(code: "UnsupportedFeatureException", message: "\(name) is not supported by this engine yet.")
        }
        return try await carryOut(operation, Operation.check(input, for: description))
    }

    private func carryOut(_ operation: Operation, _ input: JSON) async throws(EngineError) -> JSON {
        switch operation {
        case .read(let read): try await core.read { (state) throws(EngineError) in try read(state, input) }
        case .write(let write): try await core.change { (change) throws(EngineError) in try write(&change, input) }
        }
    }

    // MARK: Query

    private func answerQuery(_ body: String, _ requestID: String) async throws(EngineError) -> Response {
        let fields = QueryProtocol.parseForm(body)
        guard let action = fields["Action"] else {
            throw EngineError(code: "MissingAction", message: "The request names neither an X-Amz-Target nor an Action.")
        }
        if let operation = ServiceModel.sts.operations[action], action == "GetCallerIdentity" {
            let identity: JSON = [
                "UserId": "AIDAJUBAKOLOCALENGINE", "Account": .string(locality.account),
                "Arn": .string("arn:aws:iam::\(locality.account):user/local"),
            ]
            return xml(QueryProtocol.encodeAnswer(identity, operation, model: .sts, requestID: requestID), .ok, requestID)
        }
        guard let operation = ServiceModel.elbv2.operations[action] else {
            throw EngineError(code: "InvalidAction", message: "The action \(action) is not valid for this engine.")
        }
        let input = QueryProtocol.decodeForm(fields, operation, model: .elbv2)
        let output = try await core.loadBalancing(action, input)
        return xml(QueryProtocol.encodeAnswer(output, operation, model: .elbv2, requestID: requestID), .ok, requestID)
    }

    // MARK: Answers

    private func json(_ output: JSON, _ requestID: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/x-amz-json-1.1", .amzRequestID: requestID],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: output.bytes)))
    }

    private func xml(_ text: String, _ status: HTTPResponse.Status, _ requestID: String) -> Response {
        Response(
            status: status, headers: [.contentType: "text/xml", .amzRequestID: requestID], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func jsonError(_ error: EngineError, _ requestID: String) -> Response {
        var body: JSON = ["__type": .string(error.code), "message": .string(error.message)]
        if !error.resourceIDs.isEmpty { body["resourceIds"] = JSON(error.resourceIDs) }
        var response = json(body, requestID, .init(code: error.statusCode))
        response.headers[.amzErrorType] = error.code
        return response
    }

    private func queryError(_ error: EngineError, _ requestID: String) -> Response {
        let fault = QueryProtocol.Fault(code: error.code, message: error.message)
        let text = QueryProtocol.encodeFault(fault, isSender: error.statusCode < 500, model: .elbv2, requestID: requestID)
        return xml(text, .init(code: error.statusCode), requestID)
    }
}

extension HTTPField.Name {
    private static func amazon(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .server }
    fileprivate static let amzTarget = amazon("X-Amz-Target")
    fileprivate static let amzRequestID = amazon("x-amzn-RequestId")
    fileprivate static let amzErrorType = amazon("x-amzn-ErrorType")
}
