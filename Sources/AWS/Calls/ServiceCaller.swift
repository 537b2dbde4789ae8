import Foundation
import Logging
import ServiceModel

/// Makes calls: encodes, signs, sends, reads the answer, and tries again where that helps. Every attempt is signed anew.
struct ServiceCaller: Sendable {
    static let answerLimit = 64 << 20

    let transport: any Transport
    let endpoints: Endpoints
    let region: String?
    let profile: String
    let retry: RetryPolicy
    let timeouts: AWSTimeouts
    let clock: ServiceClock
    let logger: Logger

    func call(_ model: ServiceModel, _ operation: String, _ input: JSON, as signer: Signer) async throws(AWSError) -> JSON {
        let subject = CallSubject(service: model.name, operation: operation)
        guard let operation = model.operations[operation] else {
            throw subject.error(.configuration, "the model of \(model.name) has no such operation")
        }
        guard let region, !region.isEmpty else {
            throw subject.error(
                .configuration,
                "no region: give one, set AWS_REGION or AWS_DEFAULT_REGION, or write `region` into the profile \"\(profile)\"")
        }
        let endpoint: Endpoint
        do throws(AWSError) { endpoint = try endpoints.endpoint(for: model, region: region) } catch { throw subject.error(error.kind, error.message) }
        let request = ServiceRequest.encode(operation, input, model: model, endpoint: endpoint)
        var attempt = 1
        while true {
            do throws(AttemptFailure) {
                let answer = try await send(request, subject, model, region, as: signer, attempt: attempt)
                return try ServiceAnswer.decode(answer, operation, model: model, endpoint: endpoint, subject)
            } catch {
                guard let wait = retry.wait(after: error, attempt: attempt, random: .random(in: 0...1)) else {
                    var final = error.error
                    final.attempts = attempt
                    throw final
                }
                logger.debug("AWS call is tried again", metadata: ["call": "\(subject)", "wait": "\(wait)", "reason": "\(error.error.code)"])
                do { try await Task.sleep(for: wait) } catch { throw subject.error(.cancelled, "the call was cancelled") }
            }
            attempt += 1
        }
    }

    private func send(
        _ request: WireRequest, _ subject: CallSubject, _ model: ServiceModel, _ region: String, as signer: Signer, attempt: Int
    ) async throws(AttemptFailure) -> WireAnswer {
        var request = request
        let credentials: Credentials?
        do throws(CredentialFailure) { credentials = try await signer.credentials() } catch {
            throw AttemptFailure(error: subject.error(error))
        }
        if let credentials {
            request = request.signed(with: credentials, region: region, service: ServiceIdentity(model).endpointPrefix, at: clock.now)
        }
        let answer: WireAnswer
        let start = ContinuousClock.now
        do throws(TransportError) {
            answer = try await transport.send(request, timeout: timeouts.answer, limit: Self.answerLimit)
        } catch {
            throw AttemptFailure(error: subject.error(error), cause: error.isTransient ? .transient : .final)
        }
        logger.debug(
            "AWS call answered",
            metadata: ["call": "\(subject)", "status": "\(answer.status)", "took": "\(ContinuousClock.now - start)", "attempt": "\(attempt)"])
        guard !(200...299).contains(answer.status) else { return answer }
        let failure = ServiceAnswer.failure(answer, model: model, endpoint: request.endpoint, subject, now: clock.now)
        switch failure.cause {
        case .wrongClock: answer.date.map(clock.correct)
        case .expiredCredentials:
            if case .rotating(let rotating) = signer, let credentials { rotating.discard(credentials) }
        case .final, .transient, .throttling: break
        }
        throw failure
    }
}

/// What a call is about, for messages.
struct CallSubject: Sendable, CustomStringConvertible {
    let service: String
    let operation: String

    var description: String { "\(service) \(operation)" }

    func error(_ kind: AWSError.Kind, _ message: String) -> AWSError {
        AWSError(kind: kind, message: message, service: service, operation: operation)
    }

    func error(_ failure: CredentialFailure) -> AWSError {
        switch failure {
        case .absent(let message), .refused(let message): error(.credentials, message)
        case .cancelled: error(.cancelled, "the call was cancelled")
        }
    }

    func error(_ failure: TransportError) -> AWSError {
        let kind: AWSError.Kind =
            switch failure.kind {
            case .connection, .security: .connection
            case .timeout: .timeout
            case .tooLarge: .decoding
            case .cancelled: .cancelled
            case .configuration: .configuration
            }
        return error(kind, failure.message)
    }
}
