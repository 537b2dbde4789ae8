import Deployments
import ServiceModel
import Testing

@Suite struct AutopsyTests {
    private func task(_ reason: String, code: String = "EssentialContainerExited", container: JSON, revision: Int = 2, at time: Double = 1) -> JSON {
        [
            "taskArn": "arn:aws:ecs:us-east-1:1:task/default/t1", "taskDefinitionArn": .string(arn(revision)), "stopCode": .string(code),
            "stoppedReason": .string(reason), "stoppedAt": .number(time), "containers": [container],
        ]
    }

    private func facts(_ tasks: [JSON], events: [String] = [], targets: [JSON] = [], running: Int = 0) -> Autopsy.Facts {
        var facts = Autopsy.Facts(app: "web", cluster: "default")
        facts.service = service(revision: 2, deployments: [deployment("new", revision: 2, state: "IN_PROGRESS", running: running)], events: events)
        facts.stoppedTasks = tasks
        facts.unhealthyTargets = targets
        facts.lastLines = [LogLine(time: 0, message: "no database", container: "app", task: "t1")]
        return facts
    }

    @Test(
        "the first cause is found",
        arguments: [
            (
                "CannotPullContainerError: not found", "TaskFailedToStart",
                #"{"name":"app","image":"web:9","reason":"CannotPullContainerError: not found"}"#, "image"
            ),
            ("ResourceInitializationError: unable to pull secrets or registry auth: x", "TaskFailedToStart", #"{"name":"app"}"#, "secrets"),
            (
                "Essential container in task exited", "EssentialContainerExited",
                #"{"name":"app","exitCode":137,"reason":"OutOfMemoryError: Container killed due to memory usage"}"#, "out-of-memory"
            ),
            ("Essential container in task exited", "EssentialContainerExited", #"{"name":"app","exitCode":3}"#, "exit"),
            (
                "Task failed container health checks", "ServiceSchedulerInitiated", #"{"name":"app","exitCode":137,"healthStatus":"UNHEALTHY"}"#,
                "container-health"
            ),
            ("Task failed ELB health checks in (target-group x)", "ServiceSchedulerInitiated", #"{"name":"app","exitCode":143}"#, "target-health"),
            ("CannotStartContainerError: exec: no", "TaskFailedToStart", #"{"name":"app","reason":"CannotStartContainerError: exec: no"}"#, "start"),
        ])
    func causes(reason: String, code: String, container: String, cause: String) {
        let verdict = Autopsy.verdict(facts([task(reason, code: code, container: json(container))]))
        #expect(verdict.cause.rawValue == cause)
        #expect(verdict.evidence.last == "app | no database")
        #expect(!verdict.nextSteps.isEmpty)
    }

    @Test func `the earliest failure of the newest failing revision counts`() {
        let tasks = [
            task("Essential container in task exited", container: ["name": "app", "exitCode": 9], revision: 1, at: 1),
            task("Essential container in task exited", container: ["name": "app", "exitCode": 2], at: 8),
            task("Essential container in task exited", container: ["name": "app", "exitCode": 1], at: 5),
            task(
                "Scaling activity initiated by (deployment x)", code: "ServiceSchedulerInitiated", container: ["name": "app", "exitCode": 143], at: 2),
            task("Task stopped by user", code: "UserInitiated", container: ["name": "app", "exitCode": 143], at: 2),
        ]
        #expect(Autopsy.verdict(facts(tasks)).summary == "container app ended with exit code 1")
    }

    @Test func `no room is told from the event`() {
        let event =
            "(service web) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster."
        let verdict = Autopsy.verdict(facts([], events: [event]))
        #expect(verdict.cause == .placement)
        #expect(verdict.summary.contains("No Container Instances"))
    }

    @Test func `unhealthy targets are told with their reason`() {
        let target: JSON = [
            "Target": ["Id": "i-1", "Port": 80],
            "TargetHealth": [
                "State": "unhealthy", "Reason": "Target.ResponseCodeMismatch", "Description": "Health checks failed with these codes: [503]",
            ],
        ]
        let verdict = Autopsy.verdict(facts([], targets: [target], running: 1))
        #expect(verdict.cause == .targetHealth)
        #expect(verdict.summary.contains("[503]"))
    }

    @Test func `good news is told as such`() {
        var healthy = facts([], running: 1)
        healthy.service = service(revision: 2, deployments: [deployment("new", revision: 2)])
        #expect(Autopsy.verdict(healthy).cause == .none)
        healthy.service = service(revision: 2, desired: 0, deployments: [deployment("new", revision: 2, desired: 0, running: 0)])
        #expect(Autopsy.verdict(healthy).cause == .stopped)
        #expect(Autopsy.verdict(Autopsy.Facts(app: "web", cluster: "default")).cause == .noService)
        #expect(Autopsy.verdict(facts([])).cause == .inProgress)
    }

    @Test func `after a rollback the failure is explained although the service is up again`() {
        var rolledBack = facts([task("Essential container in task exited", container: ["name": "app", "exitCode": 3])], running: 1)
        rolledBack.service = service(revision: 1, deployments: [deployment("old", revision: 1)])
        #expect(Autopsy.verdict(rolledBack).cause == .none)
        rolledBack.isAfterFailure = true
        #expect(Autopsy.verdict(rolledBack).cause == .exit)
    }
}
