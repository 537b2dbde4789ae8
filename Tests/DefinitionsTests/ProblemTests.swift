import ServiceModel
import Testing

@testable import Definitions

@Test(arguments: [
    ("  image: web\n  memory: 64\n", ""),
    ("  memory: 64\n", "app.yml:4:1: image is missing"),
    ("  image: web\n", "app.yml:4:1: app needs memory or memory_reservation, or the scheduler memory for the whole task"),
    ("  image: web:1\n  memory: 64\n", "app.yml:5:10: image has a tag: write tag: '1' beside it"),
    ("  image: host:5000/web\n  memory: 64\n", ""),
    ("  image: web@sha256:ab\n  memory: 64\n", ""),
    ("  image: web@sha256:ab\n  memory: 64\n  tag: v1\n", "app.yml:7:3: image names a digest, so there can be no tag beside it"),
    ("  image: web\n  memory: '64'\n", ""),
    ("  image: web\n  memory: lots\n", "app.yml:6:11: memory must be an integer, not a string"),
    ("  image: web\n  memory: 64\n  memory_reservation: 65\n", "app.yml:6:11: memory must not be less than memory_reservation"),
    ("  image: web\n  memroy: 64\n  memory: 64", "app.yml:6:3: unknown key memroy, did you mean memory?"),
    ("  image: web\n  memory: 64\n  environmen: {}", "app.yml:7:3: unknown key environmen, did you mean environment?"),
    ("  image: web\n  memory: 64\n  name: x", "app.yml:7:3: unknown key name"),
    ("  image: web\n  memory: 64\n  image_tag: x", "app.yml:7:3: unknown key image_tag"),
    ("  image: web\n  memory: 64\n  essential: maybe", "app.yml:7:14: essential must be true or false, not a string"),
    ("  image: web\n  memory: 64\n  essential: 'true'", ""),
    ("  image: web\n  memory: 64\n  command: ls", "app.yml:7:12: command must be a list, not a string"),
    ("  image: web\n  memory: 64\n  command: [sleep, 10]", "app.yml:7:20: command[1] must be a string, not an integer: write '10'"),
    (
        "  image: web\n  memory: 64\n  docker_labels: {a: 1, b: }",
        "app.yml:7:22: a must be a string, not an integer: write '1'\napp.yml:7:25: b must be a string, not null"
    ),
    ("  image: web\n  memory: 64\n  links: [web]", "app.yml:7:11: there is no container web"),
    ("  image: web\n  memory: 64\n  volumes_from: [{source_container: appp}]", "app.yml:7:37: there is no container appp, did you mean app?"),
    (
        "  image: web\n  memory: 64\n  depends_on: [{container_name: ap, condition: HEALTY}]",
        "app.yml:7:33: there is no container ap, did you mean app?\napp.yml:7:48: condition \"HEALTY\" is none of START, COMPLETE, SUCCESS, HEALTHY, did you mean HEALTHY?"
    ),
    (
        "  image: web\n  memory: 64\n  depends_on: [{container_name: app, condition: START}]",
        "app.yml:7:3: depends_on runs in a circle: app needs app"
    ),
    ("  image: web\n  memory: 64\n  mount_points: [{source_volume: data, container_path: /d}]", "app.yml:7:34: there is no volume data"),
    ("  image: web\n  memory: 64\n  port_mappings: [{host_port: 1}]", "app.yml:7:19: container_port is missing"),
    ("  image: web\n  memory: 64\n  port_mappings: [{container_port_range: 80-90}]", ""),
    ("  image: web\n  memory: 64\n  port_mappings: [{container_port: 70000}]", "app.yml:7:36: container_port must be a port from 0 to 65535"),
    (
        "  image: web\n  memory: 64\n  port_mappings: [{container_port: 1, host_port: 9}, {container_port: 2, host_port: 9}, {container_port: 2, host_port: 9, protocol: udp}]",
        "app.yml:7:85: port 9/tcp is taken by app already"
    ),
    ("  image: web\n  memory: 64\n  health_check: {interval: 5}", "app.yml:7:3: command is missing"),
    (
        "  image: web\n  memory: 64\n  log_configuration: {log_drivr: x}",
        "app.yml:7:3: log_driver is missing\napp.yml:7:23: unknown key log_drivr, did you mean log_driver?"
    ),
    ("  image: web\n  memory: 64\n  secrets: [{name: A, value_from: x}]\n  env: {A: b}", "app.yml:7:20: the variable A is set twice"),
    ("  image: web\n  memory: 64\n  environment: [{name: A, value: x}, {name: A, value: y}]", "app.yml:7:45: the variable A is set twice"),
    ("  - x\n", "app.yml:4:1: app must be a map, not a list"),
])
func `a container that does not fit says where`(app: String, expected: String) async throws {
    let text = "scheduler:\n  type: ecs\n  desired_count: 1\napp:\n" + app
    try await Workspace.with(["app.yml": text]) { workspace in
        let found = await workspace.problems("app.yml")
        #expect(found == expected)
    }
}

@Test(arguments: [
    ("desired_count: 1", "app.yml:4:1: type is missing"),
    ("type: k8s\n  desired_count: 1", "app.yml:5:9: type \"k8s\" is none of ecs"),
    ("type: ecs", "app.yml:4:1: desired_count is missing"),
    ("type: ecs\n  scheduling_strategy: DAEMON", ""),
    (
        "type: ecs\n  scheduling_strategy: DAEMON\n  desired_count: 1",
        "app.yml:7:18: desired_count cannot be set for a DAEMON: it runs one task on every instance"
    ),
    ("type: ecs\n  desired_count: -1", "app.yml:6:18: desired_count must not be negative"),
    ("type: ecs\n  desired_count: two", "app.yml:6:18: desired_count must be an integer, not a string"),
    ("type: ecs\n  desired_count: 1\n  cpu: 1024", "app.yml:7:8: cpu must be a string, not an integer: write '1024'"),
    ("type: ecs\n  desired_count: 1\n  launch_typ: EC2", "app.yml:7:3: unknown key launch_typ, did you mean launch_type?"),
    (
        "type: ecs\n  desired_count: 1\n  launch_type: FARGAET",
        "app.yml:7:16: launch_type \"FARGAET\" is none of EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES, did you mean FARGATE?"
    ),
    ("type: ecs\n  desired_count: 1\n  autoscaling: {}", "app.yml:7:3: autoscaling is not supported yet"),
    ("type: ecs\n  desired_count: 1\n  service_discovery: []", "app.yml:7:3: service_discovery is not supported yet"),
    ("type: ecs\n  desired_count: 1\n  elb: {}", "app.yml:7:3: elb is not supported yet"),
    ("type: ecs\n  desired_count: 1\n  oneshot_notification_prefix: s3://b/p", "app.yml:7:3: oneshot_notification_prefix is not supported yet"),
    (
        "type: ecs\n  desired_count: 1\n  autoscaling_group_for_oneshot: x\n  autoscaling_topic_for_oneshot: y",
        "app.yml:7:3: autoscaling_group_for_oneshot is not supported yet\napp.yml:8:3: autoscaling_topic_for_oneshot is not supported yet"
    ),
    ("type: ecs\n  desired_count: 1\n  dynamic_port_mapping: false", "app.yml:7:3: dynamic_port_mapping: false is not supported yet"),
    ("type: ecs\n  desired_count: 1\n  service_name: x", "app.yml:7:3: service_name cannot be set here: the service is named after the file"),
    ("type: ecs\n  desired_count: 1\n  tags: {a: [x]}", "app.yml:7:10: a must be a text, not a list"),
    ("type: ecs\n  desired_count: 1\n  deployment_configuration: {deployment_circuit_breaker: {rollback: true}}", "app.yml:7:30: enable is missing"),
    (
        "type: ecs\n  desired_count: 1\n  network_configuration: {awsvpc_configuration: {subnet: [x]}}",
        "app.yml:7:27: subnets is missing\napp.yml:7:50: unknown key subnet, did you mean subnets?"
    ),
    (
        "type: ecs\n  desired_count: 1\n  elb_v2: {}\n  load_balancers: []",
        "app.yml:7:3: container_name is missing: without it the container front gets the traffic, and there is none\napp.yml:7:3: listeners is missing: a load balancer is created unless load_balancer_name names one\napp.yml:7:3: subnets is missing: a load balancer is created unless load_balancer_name names one\napp.yml:7:3: vpc_id is missing: a target group is created unless target_group_name names one\napp.yml:8:3: elb_v2 and load_balancers cannot both be set"
    ),
    (
        "type: ecs\n  desired_count: 1\n  elb_v2: {load_balancer_name: x, target_group_name: y, container_name: web}",
        "app.yml:7:73: there is no container web"
    ),
    (
        "type: ecs\n  desired_count: 1\n  elb_v2: {load_balancer_name: x, target_group_name: y, container_name: app}",
        "app.yml:7:3: the container app does not map container_port 80, which is the default"
    ),
    (
        "type: ecs\n  desired_count: 1\n  elb_v2: {load_balancer_name: x, target_group_name: y, container_name: app, container_port: 81}",
        "app.yml:7:94: the container app does not map container_port 81"
    ),
    ("type: ecs\n  desired_count: 1\n  elb_v2: {load_balancer_name: x, target_group_name: y, container_name: app, container_port: 3000}", ""),
    (
        "type: ecs\n  desired_count: 1\n  elb_v2: {load_balancer_name: x, target_group_name: y, container_name: app, container_port: 3000, container: x}",
        "app.yml:7:100: unknown key container"
    ),
])
func `a scheduler that does not fit says where`(scheduler: String, expected: String) async throws {
    let text = "app:\n  {image: web, memory: 64, port_mappings: [{container_port: 3000}]}\n\nscheduler:\n  \(scheduler)\n"
    try await Workspace.with(["app.yml": text]) { workspace in
        let found = await workspace.problems("app.yml")
        #expect(found == expected)
    }
}

@Test(arguments: [
    ("[1]", "app.yml:1:1: the definition must be a map, not a list"),
    ("{}", "app.yml:1:1: app is missing\napp.yml:1:1: scheduler is missing"),
    (
        minimal(rest: "scripts: []"),
        "app.yml:7:1: scripts is not supported yet"
    ),
    (minimal(rest: "owner: kitchen"), ""),
    (minimal(rest: "owner: [kitchen]"), "app.yml:7:1: owner must be a string, not a list"),
    (minimal(rest: "sidecar: {}"), "app.yml:7:1: unknown key sidecar, did you mean sidecars?"),
    (minimal(rest: "additional_containers:\n  log: {image_tag: 'x:1', memory: 5}"), ""),
    (minimal(rest: "sidecars: {}\nadditional_containers: {}"), "app.yml:8:1: additional_containers is the old name of sidecars: keep one of them"),
    (minimal(rest: "sidecars:\n  app: {image_tag: 'x:1', memory: 5}"), "app.yml:8:3: a sidecar cannot be called app"),
    (minimal(rest: "sidecars:\n  log: {memory: 5}"), "app.yml:8:3: image_tag is missing"),
    (minimal(rest: "sidecars:\n  log: {memory: 5, image: a, image_tag: b}"), "app.yml:8:20: image and image_tag cannot both be set"),
    (minimal(rest: "sidecars:\n  log: {memory: 5, image: a, tag: b}"), ""),
    (minimal(rest: "sidecars:\n  log:\n"), "app.yml:8:3: log must be a map, not null"),
    (
        minimal(
            app: "  depends_on: [{container_name: a, condition: START}]",
            rest:
                "sidecars:\n  a: {image_tag: x, memory: 5, depends_on: [{container_name: b, condition: START}]}\n  b: {image_tag: x, memory: 5, depends_on: [{container_name: a, condition: START}]}"
        ), "app.yml:9:32: depends_on runs in a circle: a needs b needs a"
    ),
    (
        minimal(
            app: "  port_mappings: [{container_port: 80, host_port: 9}]",
            rest: "sidecars:\n  a: {image_tag: x, memory: 5, port_mappings: [{container_port: 80, host_port: 9}]}"),
        "app.yml:9:80: port 9/tcp is taken by app already"
    ),
    (
        minimal(
            app: "  port_mappings: [{container_port: 80}]", rest: "sidecars:\n  a: {image_tag: x, memory: 5, port_mappings: [{container_port: 80}]}"),
        ""
    ),
    (
        minimal(
            scheduler: "  network_mode: awsvpc", app: "  port_mappings: [{container_port: 80}]",
            rest: "sidecars:\n  a: {image_tag: x, memory: 5, port_mappings: [{container_port: 80}]}"),
        "app.yml:10:65: port 80/tcp is taken by app already"
    ),
    (minimal(rest: "volumes:\n  data: {sourcepath: /x}"), "app.yml:8:10: unknown key sourcepath, did you mean source_path?"),
    (minimal(rest: "volumes:\n  data: {efs_volume_configuration: {}}"), "app.yml:8:10: file_system_id is missing"),
    (minimal(scheduler: "  memory: '512'", rest: "sidecars:\n  a: {image_tag: x}"), ""),
    (minimal(app: "  image: other"), "app.yml:7:3: duplicate key image, first written in line 5"),
    (minimal(app: "  image: other\n  foo: bar"), "app.yml:7:3: duplicate key image, first written in line 5\napp.yml:8:3: unknown key foo"),
])
func `a document that does not fit says where`(text: String, expected: String) async throws {
    try await Workspace.with(["app.yml": text]) { workspace in
        let found = await workspace.problems("app.yml")
        #expect(found == expected)
    }
}

@Test(arguments: [
    ("HEALTHY", "", "a can never be HEALTHY: it has no health_check"), ("HEALTHY", ", health_check: {command: [CMD, x]}", ""), ("START", "", ""),
    ("COMPLETE", "", "a is essential, so the task stops when it ends: set its essential to false"), ("SUCCESS", ", essential: false", ""),
])
func `a container must be able to become what others wait for`(condition: String, more: String, expected: String) async throws {
    let wait = "  depends_on: [{container_name: a, condition: \(condition)}]"
    let text = minimal(app: wait, rest: "sidecars:\n  a: {image_tag: x, memory: 5\(more)}")
    try await Workspace.with(["app.yml": text]) { workspace in
        let found = await workspace.problems("app.yml")
        #expect(found == (expected.isEmpty ? "" : "app.yml:7:47: " + expected))
    }
}

@Test func `names that ECS or ELB would refuse are refused`() async throws {
    let balancing = "  elb_v2: {vpc_id: v, subnets: [], listeners: [], container_name: app, container_port: 1}"
    let text = minimal(scheduler: balancing, app: "  port_mappings: [{container_port: 1}]\n  essential: false")
    let name = "a-name-that-is-too-long-for-elb"
    try await Workspace.with(["\(name).yml": text]) { workspace in
        let found = await workspace.problems("\(name).yml")
        let expected = """
            \(name).yml:4:3: hako-\(name) is longer than the 32 characters that a load balancer's name may have: give the file a shorter name
            \(name).yml:9:14: app must be essential, or one of the sidecars: ECS runs no task without an essential container
            """
        #expect(found == expected)
    }
}

@Test func `problems of an included file name that file`() async throws {
    let text = minimal(app: "  <<: !include inc/part.yml", rest: "sidecars: !include inc/sidecars.yml")
    let files = ["app.yml": text, "inc/part.yml": "user: root\ncpu: many\n", "inc/sidecars.yml": "log:\n  memory: 5\n"]
    try await Workspace.with(files) { workspace in
        let expected = "inc/part.yml:2:6: cpu must be an integer, not a string\ninc/sidecars.yml:1:1: image_tag is missing"
        #expect(await workspace.problems("app.yml") == expected)
    }
}

@Test(arguments: [
    ("missing.yml", "missing.yml:1:1: cannot read the file: no such file or directory"),
    ("a.txt", "a.txt:1:1: unknown extension: a definition is a .yml, .yaml, .jsonnet or .json file"),
    ("app.v2.yml", "app.v2.yml:1:1: the app is named after its file, and ECS takes only letters, digits, - and _ in a name: rename app.v2"),
])
func `a file that is no definition says why`(name: String, expected: String) async throws {
    try await Workspace.with(["a.txt": "x", "app.v2.yml": minimal()]) { workspace in
        let found = await workspace.problems(name)
        #expect(found == expected)
    }
}

@Test func `a tag of the command line does not go with a digest`() async throws {
    try await Workspace.with(["app.yml": minimal().replacing("image: web", with: "image: web@sha256:ab")]) { workspace in
        let expected = "app.yml:5:10: image names a digest, so no other tag can be deployed"
        #expect(await workspace.problems("app.yml", .init(tag: "v2")) == expected)
    }
}
