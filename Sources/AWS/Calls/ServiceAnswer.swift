import Foundation
import ServiceModel

/// From an answer to the operation's output, or to the service's error.
enum ServiceAnswer {
    static func decode(
        _ answer: WireAnswer, _ operation: ServiceModel.Operation, model: ServiceModel, endpoint: Endpoint, _ subject: CallSubject
    ) throws(AttemptFailure) -> JSON {
        switch model.wireProtocol {
        case .json:
            if answer.body.isEmpty { return [:] }
            if let output = try? JSON(parsing: answer.body), case .object = output { return output }
        case .query:
            let text = String(decoding: answer.body, as: UTF8.self)
            if let output = try? QueryProtocol.decodeAnswer(text, operation, model: model) { return output }
        }
        throw AttemptFailure(
            error: AWSError(
                kind: .decoding,
                message: "\(endpoint.origin) answered \(answer.excerpt), which is no answer of \(model.name); is the endpoint right?",
                statusCode: answer.status, requestID: answer.requestID, service: subject.service, operation: subject.operation))
    }

    /// The error in an answer whose status is not 2xx.
    static func failure(_ answer: WireAnswer, model: ServiceModel, endpoint: Endpoint, _ subject: CallSubject, now: Date) -> AttemptFailure {
        let fault = model.wireProtocol == .json ? jsonFault(answer) : queryFault(answer)
        let code = fault?.code ?? "HTTP\(answer.status)"
        let error = AWSError(
            kind: .service, code: code, message: fault?.message ?? strangeAnswer(answer, endpoint), statusCode: answer.status,
            requestID: answer.requestID, service: subject.service, operation: subject.operation)
        return AttemptFailure(
            error: error, cause: .init(code: code, status: answer.status, clockDifference: answer.date?.timeIntervalSince(now)),
            retryAfter: answer.retryAfter(now: answer.date ?? now))
    }

    private static func jsonFault(_ answer: WireAnswer) -> QueryProtocol.Fault? {
        let body = (try? JSON(parsing: answer.body)) ?? .null
        guard let type = body["__type"].string ?? answer.header("x-amzn-errortype") ?? body["code"].string, !type.isEmpty else { return nil }
        // `namespace#Name`, and in the header also `Name:http://…`.
        let name = type.split(separator: ":", maxSplits: 1)[0].split(separator: "#").last.map(String.init) ?? type
        let message = body["message"].string ?? body["Message"].string ?? body["errorMessage"].string
        return .init(code: name, message: message ?? "the service gave no message")
    }

    private static func queryFault(_ answer: WireAnswer) -> QueryProtocol.Fault? {
        guard let fault = QueryProtocol.decodeFault(String(decoding: answer.body, as: UTF8.self)), !fault.code.isEmpty else { return nil }
        return .init(code: fault.code, message: fault.message.isEmpty ? "the service gave no message" : fault.message)
    }

    private static func strangeAnswer(_ answer: WireAnswer, _ endpoint: Endpoint) -> String {
        if (300...399).contains(answer.status), let target = answer.header("location") {
            return "\(endpoint.origin) redirects to \(target), which is not followed; is the endpoint right?"
        }
        return "\(endpoint.origin) answered \(answer.excerpt), which is no AWS error; is the endpoint right?"
    }
}

extension WireAnswer {
    var requestID: String? { header("x-amzn-requestid") ?? header("x-amz-request-id") }

    /// The service's clock.
    var date: Date? { header("date").flatMap(AWSDate.parseHTTP) }

    /// How long the service wants to be left alone: seconds, or until a date.
    func retryAfter(now: Date) -> Duration? {
        guard let text = header("retry-after")?.trimmingCharacters(in: .whitespaces) else { return nil }
        if let seconds = Int(text), (0...1_000_000).contains(seconds) { return .seconds(seconds) }
        return AWSDate.parseHTTP(text).map { .seconds(max(0, $0.timeIntervalSince(now))) }
    }
}
