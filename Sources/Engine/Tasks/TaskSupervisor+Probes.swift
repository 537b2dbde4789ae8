import Foundation
import ServiceModel

extension TaskSupervisor {
    /// Runs the health check of a container that has just started until it passes for the first time, or Docker's own first check is due: that
    /// comes only after a whole interval, 30 s by default, and a deployment waits for it.
    func probe(_ taskID: String, _ name: String) async {
        guard let (plan, dockerID) = container(taskID, name), case let check = plan.body["Healthcheck"],
            let command = Self.command(check["Test"].strings)
        else { return }
        let limit = Duration.nanoseconds(Int64(check["Timeout"].int ?? 5_000_000_000))
        let end = Date().addingTimeInterval(Double(check["Interval"].int ?? 0) / 1e9)
        var delay = options.firstProbe ?? 1
        while Date().addingTimeInterval(delay) < end, !Task.isCancelled {
            try? await Task.sleep(for: .seconds(delay))
            guard let seen = tasks[taskID]?.machine.containers.first(where: { $0.definition.name == name }), seen.phase == .running,
                seen.facts.health == .unknown
            else { return }
            if (try? await docker.exec(dockerID, command, within: limit)) == 0 {
                apply(taskID) { $0.health(name, .healthy) }
                return
            }
            delay = min(delay * 1.5, 5)
        }
    }

    private static func command(_ test: [String]) -> [String]? {
        switch test.first {
        case "CMD": Array(test.dropFirst())
        case "CMD-SHELL": ["/bin/sh", "-c"] + test.dropFirst()
        default: nil
        }
    }
}
