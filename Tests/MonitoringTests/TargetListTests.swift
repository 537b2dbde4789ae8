import Definitions
import Monitoring
import ServiceModel
import Testing

private func groups(_ tasks: [JSON], host: String? = "127.0.0.1", ports: TargetList.Ports = [:], _ text: String = definition()) async throws
    -> TargetList
{
    try await withCatalog(["web": text]) { catalog in
        let observed = ObservedCluster(environment: "local", cluster: "default", host: host, tasks: tasks.compactMap(ObservedTask.init))
        return TargetList([observed], ports: ports, catalog: catalog)
    }
}

@Test func `a running task becomes a target with all labels`() async throws {
    let text = definition("owner: kitchen\nmonitoring: {path: /stats}")
    let list = try await groups([task("t1", revision: 7)], text)
    #expect(
        list.groups == [
            TargetGroup(
                targets: ["127.0.0.1:32768"],
                labels: [
                    "app": "web", "team": "kitchen", "environment": "local", "cluster": "default", "task": "t1", "revision": "7", "container": "app",
                    "__metrics_path__": "/stats",
                ])
        ])
    #expect(
        String(decoding: list.groups.discoveryDocument, as: UTF8.self)
            == #"[{"targets":["127.0.0.1:32768"],"labels":{"__metrics_path__":"/stats","app":"web","cluster":"default","container":"app","environment":"local","revision":"7","task":"t1","team":"kitchen"}}]"#
    )
    #expect(String(decoding: [TargetGroup]().discoveryDocument, as: UTF8.self) == "[]")
}

@Test(
    arguments: [
        ([task("a")], ["127.0.0.1:32768"], 0),
        ([task("a", containers: [bound(8080, to: 1, ip: "10.0.0.1")])], ["10.0.0.1:1"], 0),
        ([task("a", containers: [bound(8080, to: 1, ip: "::")])], ["127.0.0.1:1"], 0),
        ([task("a", status: "PENDING"), task("b", status: "STOPPED")], [], 0),
        ([task("a", containers: [bound(8080, to: 1, status: "STOPPED")])], [], 0),
        ([task("a", family: "web-oneshot"), task("b", family: "unknown")], [], 0),
        // what runs is older than the definition: it maps one other port only
        ([task("a", containers: [bound(3000, to: 1)])], ["127.0.0.1:1"], 0),
        ([task("a", containers: [bound(8080, to: 1, protocol: "udp")])], [], 1),
        ([task("a", containers: [bound(8080, to: 1, name: "front")])], [], 1),
        ([task("a", containers: [addressed("10.1.2.3")])], ["10.1.2.3:8080"], 0),
        ([task("a", revision: 2, containers: [addressed("10.1.2.3")])], ["10.1.2.3:3000"], 0),
        ([task("a", revision: 3, containers: [addressed("10.1.2.3")])], [], 1),
        (
            [
                task(
                    "a", containers: [["name": "app", "lastStatus": "RUNNING"]],
                    attachments: [
                        [
                            "type": "ElasticNetworkInterface", "status": "ATTACHED",
                            "details": [["name": "subnetId", "value": "s"], ["name": "privateIPv4Address", "value": "10.9.9.9"]],
                        ]
                    ])
            ], ["10.9.9.9:8080"], 0
        ),
    ] as [([JSON], [String], Int)])
func `the address is the host's port or the task's own`(tasks: [JSON], expected: [String], unreachable: Int) async throws {
    let ports: TargetList.Ports = [
        "arn:aws:ecs:us-east-1:1:task-definition/web:2": ["app": [3000]], "arn:aws:ecs:us-east-1:1:task-definition/web:3": ["app": [1, 2]],
    ]
    let list = try await groups(tasks, ports: ports)
    #expect(list.groups.flatMap(\.targets) == expected)
    #expect(list.unreachable["web"] ?? 0 == unreachable)
}

@Test func `a host port without a known host is counted and left out`() async throws {
    let list = try await groups([task("a"), task("b")], host: nil)
    #expect(list.groups.isEmpty)
    #expect(list.unreachable == ["web": 2])
}

@Test(arguments: [
    definition(""), definition("monitoring: false"),
    "scheduler: {type: ecs, desired_count: 1}\napp: {image: w, memory: 4}\nmonitoring: {channel: '#a'}\n",
])
func `an app that does not ask for it is not scraped`(text: String) async throws {
    let list = try await groups([task("a")], text)
    #expect(list.groups.isEmpty)
    #expect(list.unreachable.isEmpty)
}

@Test func `the list does not depend on the order of the tasks, and has the fixed groups first`() async throws {
    try await withCatalog(["web": definition(), "api": definition()]) { catalog in
        let tasks = ["b", "a", "c"].flatMap { [ObservedTask(task($0)), ObservedTask(task($0, family: "api"))] }.compactMap { $0 }
        let haproxy = TargetGroup(targets: ["127.0.0.1:9101"], labels: ["job": "haproxy"])
        func list(_ tasks: [ObservedTask]) -> TargetList {
            TargetList(
                [ObservedCluster(environment: "local", cluster: "default", host: "127.0.0.1", tasks: tasks)], catalog: catalog, fixed: [haproxy])
        }
        #expect(list(tasks) == list(tasks.reversed()))
        #expect(
            list(tasks).groups.map { "\($0.labels["app"] ?? "")/\($0.labels["task"] ?? "")" } == [
                "/", "api/a", "api/b", "api/c", "web/a", "web/b", "web/c",
            ])
    }
}
