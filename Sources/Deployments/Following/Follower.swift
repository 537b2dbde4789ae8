import AWS
import ServiceModel

/// Looks at a service again and again until a ``Follow`` knows how the deployment ended.
struct Follower: Sendable {
    let session: Session
    let cluster: String
    let service: String

    /// - Parameter first: what the service showed when the deployment was started; it may be over by then.
    /// - Returns: the verdict; nil when somebody asked to stop watching.
    func follow(_ follow: Follow, first: JSON) async throws -> Follow.Verdict? {
        var follow = follow
        if let verdict = take(first, &follow) { return verdict }
        var wait: Duration?
        var isThrottled = false
        var isCutOff = false
        while true {
            let next = session.polling.next(after: wait, isThrottled: isThrottled)
            wait = next
            if try await session.pause(next) { return nil }
            do {
                let answer = try await session.calls.ecs("DescribeServices", .compact(["cluster": .string(cluster), "services": [.string(service)]]))
                (isThrottled, isCutOff) = (false, false)
                let found = answer["services"][0]
                if !found.isNull, let verdict = take(found, &follow) { return verdict }
            } catch {
                guard error.isTransient else { throw error }
                isThrottled = error.isThrottling
                if !isThrottled, !isCutOff {
                    isCutOff = true
                    session.report(.warning("\(error); the deployment goes on, trying again"))
                }
                if session.time.now() - follow.start >= follow.subject.timeout { return .timedOut }
            }
        }
    }

    private func take(_ service: JSON, _ follow: inout Follow) -> Follow.Verdict? {
        let snapshot = ServiceSnapshot(service)
        let observation = follow.observe(snapshot, at: session.time.now())
        for event in observation.events { session.report(.event(time: event.time, message: event.message)) }
        if let revision = observation.rollsBackTo { session.report(.warning("ECS goes back to \(revision)")) }
        session.report(.counts(snapshot.deployments))
        return observation.verdict
    }
}
