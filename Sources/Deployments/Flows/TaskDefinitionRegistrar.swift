import AWS
import ECSModel
import ServiceModel

/// Registers revisions.
struct TaskDefinitionRegistrar: Sendable {
    let session: Session

    /// Registers `request` and returns the revision's ARN. ECS refuses two registrations of a family at the same time: then again, later.
    func register(_ request: JSON) async throws -> String {
        for attempt in 0..<10 {
            do {
                let answer = try await session.calls.ecs("RegisterTaskDefinition", request)
                guard let arn = answer["taskDefinition"]["taskDefinitionArn"].string else {
                    throw DeployError("RegisterTaskDefinition answered without an ARN")
                }
                return arn
            } catch let error as AWSError where error.code == "ClientException" && error.message.hasPrefix("Too many concurrent attempts") {
                let wait = Duration.milliseconds((250 << min(attempt, 6)) * Int.random(in: 2...4) / 4)
                if try await session.pause(wait) { throw Stopped("stopped before the service was changed") }
            }
        }
        throw DeployError("other registrations of \(request["family"].string ?? "") keep getting in the way; deploy again")
    }

    /// The latest revision if it says what `request` says, else a new one.
    func registerIfChanged(_ request: JSON) async throws -> String {
        let latest = try await LiveState.taskDefinition(request["family"].string ?? "", session.calls)
        if let arn = latest["taskDefinition"]["taskDefinitionArn"].string,
            TaskDefinitionForm.differences(from: TaskDefinitionForm.request(describing: latest), to: request).isEmpty
        {
            return arn
        }
        let arn = try await register(request)
        session.report(.step("registered \(Revision.name(of: arn))"))
        return arn
    }
}
