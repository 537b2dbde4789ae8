import HTTPTypes
import Hummingbird
import ServiceModel

/// An action was begun, and it is written down already what became of it.
struct Performed: Error {
    let reason: ConsoleError
}

extension Front {
    /// Does what an endpoint does, and writes it down.
    ///
    /// - Throws: ``Performed`` once it has been begun.
    func perform(_ visit: Visit, _ endpoint: Endpoint) async throws -> Answer {
        guard endpoint.isAudited else { return try await endpoint.answer(visit) }
        var event = event(visit, endpoint, .done)
        try await audit.begin(event)
        event.isBegun = true
        do {
            let answer = try await endpoint.answer(visit)
            switch answer {
            case .show:
                await audit.forget(event)
                return answer
            case .done(_, _, _, let change): event.change = change
            case .made(_, let change): event.change = change
            case .response: break
            }
            await audit.record(event)
            return answer
        } catch {
            let reason = error as? ConsoleError ?? (error is CancellationError ? .brokenOff : trouble(error, visit))
            event.result = reason.auditResult
            event.detail = reason.detail
            await audit.record(event)
            throw Performed(reason: reason)
        }
    }

    /// The same, unless it was done already: then the first answer comes again.
    func once(_ visit: Visit, _ endpoint: Endpoint) async throws -> Answer {
        guard let repeats, let claim = try await repeats.claim(visit, endpoint) else { return try await perform(visit, endpoint) }
        switch claim {
        case .again(let answer): return answer
        case .first(let ticket):
            do {
                let answer = try await perform(visit, endpoint)
                await repeats.keep(ticket, answer, endpoint)
                return answer
            } catch {
                await repeats.release(ticket)
                throw error
            }
        }
    }

    /// Writes down what was refused before it was begun: attempts at what somebody may not do, and at actions.
    func recordDenial(_ visit: Visit, _ endpoint: Endpoint?, _ error: ConsoleError) async {
        guard let endpoint, endpoint.isAudited || error.status == .forbidden else { return }
        var event = event(visit, endpoint, error.auditResult)
        event.detail = error.detail
        await audit.record(event)
    }

    private func event(_ visit: Visit, _ endpoint: Endpoint, _ result: AuditEvent.Result) -> AuditEvent {
        AuditEvent(
            who: visit.actor, proof: visit.caller.proof, action: endpoint.summary, app: visit.app?.name ?? visit.parameters["app"],
            object: String(visit.path.prefix { $0 != "?" }.prefix(500)), result: result, change: nil, detail: nil, from: visit.address,
            request: visit.id)
    }
}

extension ConsoleError {
    fileprivate static let brokenOff = ConsoleError(status: .serviceUnavailable, detail: "the client left before it was done")

    fileprivate var auditResult: AuditEvent.Result {
        switch status {
        case .forbidden, .unauthorized: .denied
        case let status where status.code >= 500: .failed
        default: .refused
        }
    }
}
