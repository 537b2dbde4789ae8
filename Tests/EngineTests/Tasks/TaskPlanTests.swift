import ServiceModel
import Testing

@testable import Engine

private func plan(_ containers: [JSON], task: JSON = [:], overrides: JSON = .null) throws -> TaskPlan {
    try TaskPlan(TaskSpec.test(id: "0123", containers, task: task, overrides: overrides), engineID: "e1")
}

private func request(_ container: JSON, task: JSON = [:], overrides: JSON = .null) throws -> JSON {
    var container = container
    container["name"] = "app"
    container["image"] = "web:1"
    return try plan([container], task: task, overrides: overrides).containers.first?.body ?? .null
}

struct TaskPlanTests {
    @Test func `the least definition becomes a whole request`() throws {
        let body = try request([:])
        #expect(
            body == [
                "Image": "web:1", "Env": [],
                "Labels": [
                    "com.amazonaws.ecs.task-arn": "arn:aws:ecs:us-east-1:000000000000:task/default/0123", "com.amazonaws.ecs.container-name": "app",
                    "com.amazonaws.ecs.task-definition-family": "jubako-test", "com.amazonaws.ecs.task-definition-version": "1",
                    "com.amazonaws.ecs.cluster": "default", "jubako.engine": "e1", "jubako.task": "0123",
                ],
                "Healthcheck": ["Test": ["NONE"]], "StopTimeout": 30,
                "HostConfig": [
                    "NetworkMode": "bridge", "RestartPolicy": ["Name": "no"], "LogConfig": ContainerTranslation.logConfig, "CpuShares": 2,
                ],
            ], "\(body.text)")
    }

    /// A part of a container definition, and what it becomes at the top of the request or under `HostConfig`.
    static let fields: [(part: JSON, top: JSON, host: JSON)] = [
        (["command": ["a"], "entryPoint": ["b"]], ["Cmd": ["a"], "Entrypoint": ["b"]], [:]),
        (["command": [], "entryPoint": []], ["Cmd": .null, "Entrypoint": .null], [:]),
        (["user": "1000:1", "workingDirectory": "/w", "hostname": "h"], ["User": "1000:1", "WorkingDir": "/w", "Hostname": "h"], [:]),
        (["interactive": true, "pseudoTerminal": true, "stopTimeout": 7], ["OpenStdin": true, "Tty": true, "StopTimeout": 7], [:]),
        (["dockerLabels": ["a": "b", "jubako.engine": "x"]], [:], [:]),
        (
            ["healthCheck": ["command": ["CMD-SHELL", "true"], "interval": 5, "startPeriod": 9]],
            [
                "Healthcheck": [
                    "Test": ["CMD-SHELL", "true"], "Interval": 5_000_000_000, "Timeout": 5_000_000_000, "Retries": 3, "StartPeriod": 9_000_000_000,
                ]
            ], [:]
        ),
        (["cpu": 1], [:], ["CpuShares": 2]), (["cpu": 512], [:], ["CpuShares": 512]),
        (["memory": 64, "memoryReservation": 32], [:], ["Memory": 67_108_864, "MemoryReservation": 33_554_432]),
        (
            ["memory": 64, "linuxParameters": ["maxSwap": 16, "swappiness": 60]], [:],
            ["Memory": 67_108_864, "MemorySwap": 83_886_080, "MemorySwappiness": 60]
        ),
        (["memory": 64, "linuxParameters": ["swappiness": 60]], [:], ["MemorySwap": .null, "MemorySwappiness": .null]),
        (
            ["portMappings": [["containerPort": 80], ["containerPort": 53, "hostPort": 5353, "protocol": "udp"]]],
            ["ExposedPorts": ["80/tcp": [:], "53/udp": [:]]],
            [
                "PortBindings": [
                    "80/tcp": [["HostIp": "127.0.0.1", "HostPort": ""]], "53/udp": [["HostIp": "127.0.0.1", "HostPort": "5353"]],
                ]
            ]
        ),
        (
            ["dnsServers": ["1.1.1.1"], "dnsSearchDomains": ["a.b"], "extraHosts": [["hostname": "h", "ipAddress": "1.2.3.4"]]], [:],
            ["Dns": ["1.1.1.1"], "DnsSearch": ["a.b"], "ExtraHosts": ["h:1.2.3.4"]]
        ),
        (["readonlyRootFilesystem": true, "privileged": true], [:], ["ReadonlyRootfs": true, "Privileged": true]),
        (["dockerSecurityOptions": ["no-new-privileges"]], [:], ["SecurityOpt": ["no-new-privileges"]]),
        (["ulimits": [["name": "nofile", "softLimit": 1, "hardLimit": 2]]], [:], ["Ulimits": [["Name": "nofile", "Soft": 1, "Hard": 2]]]),
        (["systemControls": [["namespace": "net.core.somaxconn", "value": "9"]]], [:], ["Sysctls": ["net.core.somaxconn": "9"]]),
        (
            ["linuxParameters": ["capabilities": ["add": ["NET_ADMIN"], "drop": ["ALL"]], "initProcessEnabled": true, "sharedMemorySize": 8]], [:],
            ["CapAdd": ["NET_ADMIN"], "CapDrop": ["ALL"], "Init": true, "ShmSize": 8_388_608]
        ),
        (
            [
                "linuxParameters": [
                    "tmpfs": [["containerPath": "/t", "size": 4, "mountOptions": ["noexec"]]],
                    "devices": [["hostPath": "/dev/null", "permissions": ["read"]]],
                ]
            ], [:],
            [
                "Tmpfs": ["/t": "size=4m,noexec"],
                "Devices": [["PathOnHost": "/dev/null", "PathInContainer": "/dev/null", "CgroupPermissions": "r"]],
            ]
        ),
        (["logConfiguration": ["logDriver": "awslogs"]], [:], ["LogConfig": ContainerTranslation.logConfig]),
        (["disableNetworking": true], [:], ["NetworkMode": "none"]),
        (["links": ["db:database", "cache"]], [:], ["Links": ["ecs-jubako-test-1-db-0123:database", "ecs-jubako-test-1-cache-0123:cache"]]),
        (["volumesFrom": [["sourceContainer": "db", "readOnly": true]]], [:], ["VolumesFrom": ["ecs-jubako-test-1-db-0123:ro"]]),
    ]

    @Test(arguments: fields)
    func `fields of a container definition`(part: JSON, top: JSON, host: JSON) throws {
        let body = try request(part)
        for (key, value) in top.object { #expect(body[key] == value, "\(key)") }
        for (key, value) in host.object { #expect(body["HostConfig"][key] == value, "\(key)") }
        #expect(body["Labels"]["jubako.engine"] == "e1")
    }

    @Test func `overrides replace the command and add to the environment`() throws {
        let body = try request(
            [
                "command": ["a"], "cpu": 100, "memory": 8,
                "environment": [["name": "A", "value": "1"], ["name": "B", "value": "2"]],
            ],
            overrides: [
                "containerOverrides": [
                    [
                        "name": "app", "command": ["b", "c"], "cpu": 200, "memory": 16,
                        "environment": [["name": "B", "value": "3"], ["name": "C", "value": ""]],
                    ]
                ]
            ])
        #expect(body["Cmd"] == ["b", "c"] && body["Env"] == ["A=1", "B=3", "C="])
        #expect(body["HostConfig"]["CpuShares"] == 200 && body["HostConfig"]["Memory"] == 16_777_216)
    }

    @Test func `volumes of the host, of the task and shared ones`() throws {
        let volumes: JSON = [
            ["name": "host", "host": ["sourcePath": "/srv"]], ["name": "own"], ["name": "empty", "host": [:]],
            ["name": "docker", "dockerVolumeConfiguration": ["driverOpts": ["type": "tmpfs"], "labels": ["a": "b"]]],
            ["name": "shared", "dockerVolumeConfiguration": ["scope": "shared", "autoprovision": true]],
            ["name": "expected", "dockerVolumeConfiguration": ["scope": "shared"]],
        ]
        let mounts = volumes.array.map { ["sourceVolume": $0["name"], "containerPath": .string("/" + ($0["name"].string ?? ""))] as JSON }
        let plan = try plan([["name": "app", "image": "web:1", "mountPoints": .array(mounts)]], task: ["volumes": volumes])
        let prefix = "ecs-jubako-test-1-"
        #expect(
            plan.containers.first?.body["HostConfig"]["Binds"] == [
                "/srv:/host", .string("\(prefix)own-0123:/own"), .string("\(prefix)empty-0123:/empty"), .string("\(prefix)docker-0123:/docker"),
                "shared:/shared", "expected:/expected",
            ])
        #expect(plan.volumes.map(\.name) == ["\(prefix)own-0123", "\(prefix)empty-0123", "\(prefix)docker-0123", "shared", "expected"])
        #expect(plan.volumes.map(\.isExpected) == [false, false, false, false, true])
        #expect(plan.volumes.map { $0.labels[TaskSpec.taskLabel] } == ["0123", "0123", "0123", nil, nil])
        #expect(plan.volumes[2].options == ["type": "tmpfs"] && plan.volumes[2].labels["a"] == "b")
    }

    @Test func `links and volumes of others are dependencies`() throws {
        let plan = try plan([
            [
                "name": "app", "image": "web:1", "links": ["db:x"], "volumesFrom": [["sourceContainer": "data"]], "essential": false,
                "dependsOn": [["containerName": "init", "condition": "SUCCESS"]], "startTimeout": 9,
                "restartPolicy": ["enabled": true, "ignoredExitCodes": [0], "restartAttemptPeriod": 60],
                "healthCheck": ["command": ["CMD", "true"]],
            ]
        ])
        let definition = try #require(plan.containers.first?.definition)
        #expect(
            definition.dependencies == [
                .init(container: "init", condition: .success), .init(container: "data", condition: .start, isNeededToCreate: true),
                .init(container: "db", condition: .start, isNeededToCreate: true),
            ])
        #expect(!definition.isEssential && definition.hasHealthCheck && definition.startTimeout == 9 && definition.stopTimeout == 30)
        #expect(definition.restartPolicy == .init(ignoredExitCodes: [0], attemptPeriod: 60))
        #expect(definition.dockerName == "ecs-jubako-test-1-app-0123")
    }

    @Test func `the host's network maps nothing`() throws {
        let container: JSON = ["name": "app", "image": "web:1", "portMappings": [["containerPort": 80]], "links": ["a"]]
        let plan = try plan([container], task: ["networkMode": "host"])
        let first = try #require(plan.containers.first)
        #expect(first.body["ExposedPorts"].isNull && first.body["HostConfig"]["PortBindings"].isNull && first.body["HostConfig"]["Links"].isNull)
        #expect(first.body["HostConfig"]["NetworkMode"] == "host")
        #expect(first.hostBindings == [.init(bindIP: "0.0.0.0", containerPort: 80, hostPort: 80, transport: "tcp")])
    }

    @Test(
        arguments: [
            (["a": 0], ["a": 1024]), (["a": 256, "b": 0], ["a": 256, "b": 768]), (["a": 256, "b": 256], ["a": 512, "b": 512]),
            (["a": 1024, "b": 0], ["a": 1024, "b": 64]), (["a": 0, "b": 0], ["a": 512, "b": 512]),
        ] as [([String: Int], [String: Int])])
    func `a task's CPU is divided`(asked: [String: Int], shares: [String: Int]) {
        #expect(TaskBounds.divide(1024, among: asked.map { (name: $0.key, units: $0.value) }) == shares)
    }

    @Test func `a task's bounds reach its containers`() throws {
        let body = try request([:], task: ["cpu": ".5 vCPU", "memory": "1 GB"])
        #expect(body["HostConfig"]["NanoCpus"] == 500_000_000 && body["HostConfig"]["Memory"] == 1_073_741_824)
        #expect(try request(["memory": 8], task: ["memory": "512"])["HostConfig"]["Memory"] == 8_388_608)
        #expect(TaskBounds.cpuUnits("256") == 256 && TaskBounds.cpuUnits("1 vcpu") == 1024 && TaskBounds.mebibytes("0.5GB") == 512)
    }

    private static let secrets = "ResourceInitializationError: unable to pull secrets or registry auth: "
    static let refusals: [(part: JSON, task: JSON, message: String)] = [
        ([:], ["networkMode": "awsvpc"], "networkMode awsvpc is not supported by this engine yet; use bridge or host"),
        (["secrets": [["name": "A"]]], [:], secrets + "secrets of container 'app' are not supported by this engine yet"),
        (["environmentFiles": [["value": "A"]]], [:], secrets + "environmentFiles of container 'app' are not supported by this engine yet"),
        (["firelensConfiguration": ["type": "fluentbit"]], [:], "firelensConfiguration of container 'app' is not supported by this engine yet"),
        (["resourceRequirements": [["type": "GPU"]]], [:], "resourceRequirements of container 'app' is not supported by this engine yet"),
        (["portMappings": [["containerPortRange": "1-2"]]], [:], "containerPortRange of container 'app' is not supported by this engine yet"),
        (
            [:], ["volumes": [["name": "v", "efsVolumeConfiguration": ["fileSystemId": "f"]]]],
            "efsVolumeConfiguration of volume 'v' is not supported by this engine yet"
        ),
        (
            ["mountPoints": [["sourceVolume": "v", "containerPath": "/v"]]], [:],
            "mount point of container 'app' names the volume 'v', which the task definition does not have"
        ),
        ([:], ["pidMode": "task"], "pidMode task is not supported by this engine yet"),
    ]

    @Test(arguments: refusals)
    func `what this engine cannot do is refused with its name`(part: JSON, task: JSON, message: String) {
        #expect(throws: TaskPlanError(message: message)) { try request(part, task: task) }
    }
}
