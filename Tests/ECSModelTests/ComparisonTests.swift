import ECSModel
import ServiceModel
import Testing

@Suite struct ComparisonTests {
    private static func json(_ text: String) -> JSON { (try? JSON(parsing: text)) ?? .null }

    private func differences(_ live: String, _ desired: String) -> [String] {
        TaskDefinitionForm.differences(from: Self.json(live), to: Self.json(desired)).map { "\($0.path.text): \($0.old.text) -> \($0.new.text)" }
    }

    @Test(
        "what ECS fills in or spells in its own way is no difference",
        arguments: [
            (#"{"networkMode":"bridge","volumes":[],"placementConstraints":[],"tags":[]}"#, "{}"),
            (#"{"cpu":"1024","memory":"2048"}"#, #"{"cpu":"1 vCPU","memory":"2GB"}"#),
            (#"{"cpu":"512"}"#, #"{"cpu":".5 vcpu"}"#),
            (#"{"runtimePlatform":{"cpuArchitecture":"X86_64","operatingSystemFamily":"LINUX"}}"#, "{}"),
            (#"{"ephemeralStorage":{"sizeInGiB":30}}"#, #"{"ephemeralStorage":{"sizeInGiB":"30"}}"#),
            (#"{"requiresCompatibilities":["FARGATE","EC2"]}"#, #"{"requiresCompatibilities":["EC2","FARGATE"]}"#),
            (#"{"tags":[{"key":"a","value":"1"},{"key":"b","value":"2"}]}"#, #"{"tags":[{"key":"b","value":"2"},{"key":"a","value":"1"}]}"#),
            (#"{"volumes":[{"name":"v","host":{}}]}"#, #"{"volumes":[{"name":"v"}]}"#),
            (
                #"{"volumes":[{"name":"v","efsVolumeConfiguration":{"fileSystemId":"fs","rootDirectory":"/"}}]}"#,
                #"{"volumes":[{"name":"v","efsVolumeConfiguration":{"fileSystemId":"fs"}}]}"#
            ),
            (#"{"enableFaultInjection":false}"#, "{}"),
        ])
    func taskDefinitionsThatSayTheSame(live: String, desired: String) {
        #expect(differences(live, desired) == [])
    }

    @Test(
        "defaults, quotes and empty lists of a container are no difference",
        arguments: [
            (#"{"name":"app","cpu":0,"essential":true,"links":[],"environment":[],"mountPoints":[],"volumesFrom":[]}"#, #"{"name":"app"}"#),
            (#"{"name":"app","cpu":256,"memory":512}"#, #"{"name":"app","cpu":"256","memory":512.0}"#),
            (
                #"{"name":"app","portMappings":[{"containerPort":80,"hostPort":0,"protocol":"tcp"}]}"#,
                #"{"name":"app","portMappings":[{"containerPort":80,"protocol":"TCP"}]}"#
            ),
            (
                #"{"name":"app","healthCheck":{"command":["CMD","x"],"interval":30,"timeout":5,"retries":3}}"#,
                #"{"name":"app","healthCheck":{"command":["CMD","x"]}}"#
            ),
            (
                #"{"name":"app","privileged":false,"readonlyRootFilesystem":false,"linuxParameters":{"capabilities":{"add":[],"drop":[]}}}"#,
                #"{"name":"app"}"#
            ),
            (#"{"name":"app","dockerLabels":{"cc.wanko.hako.version":"2.18.0"}}"#, #"{"name":"app","dockerLabels":{}}"#),
            (
                #"{"name":"app","mountPoints":[{"sourceVolume":"v","containerPath":"/v","readOnly":false}]}"#,
                #"{"name":"app","mountPoints":[{"sourceVolume":"v","containerPath":"/v"}]}"#
            ),
            (
                #"{"name":"app","environment":[{"name":"B","value":"2"},{"name":"A","value":"1"}]}"#,
                #"{"name":"app","environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}"#
            ),
        ])
    func containersThatSayTheSame(live: String, desired: String) {
        #expect(differences(#"{"containerDefinitions":[\#(live)]}"#, #"{"containerDefinitions":[\#(desired)]}"#) == [])
    }

    @Test(
        "a difference names its field, by the element's own name",
        arguments: [
            (#"{"name":"app","image":"a:1"}"#, #"{"name":"app","image":"a:2"}"#, [#"containerDefinitions.app.image: "a:1" -> "a:2""#]),
            (#"{"name":"app"}"#, #"{"name":"app","essential":false}"#, ["containerDefinitions.app.essential: true -> false"]),
            (#"{"name":"app","cpu":16}"#, #"{"name":"app"}"#, ["containerDefinitions.app.cpu: 16 -> 0"]),
            (
                #"{"name":"app","environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}"#,
                #"{"name":"app","environment":[{"name":"A","value":"9"},{"name":"C","value":"3"}]}"#,
                [
                    #"containerDefinitions.app.environment.A.value: "1" -> "9""#, #"containerDefinitions.app.environment.C.name: null -> "C""#,
                    #"containerDefinitions.app.environment.C.value: null -> "3""#, #"containerDefinitions.app.environment.B.name: "B" -> null"#,
                    #"containerDefinitions.app.environment.B.value: "2" -> null"#,
                ]
            ),
            (
                #"{"name":"app","command":["a","b"]}"#, #"{"name":"app","command":["b","a"]}"#,
                [#"containerDefinitions.app.command: ["a","b"] -> ["b","a"]"#]
            ),
            (
                #"{"name":"app","healthCheck":{"command":["x"]}}"#, #"{"name":"app","healthCheck":{"command":["x"],"interval":5}}"#,
                ["containerDefinitions.app.healthCheck.interval: 30 -> 5"]
            ),
            (
                #"{"name":"app","portMappings":[{"containerPort":80}]}"#, #"{"name":"app","portMappings":[{"containerPort":80,"hostPort":8080}]}"#,
                ["containerDefinitions.app.portMappings.80.hostPort: 0 -> 8080"]
            ),
            (#"{"name":"app","links":["a","a"]}"#, #"{"name":"app","links":["a"]}"#, [#"containerDefinitions.app.links: ["a","a"] -> ["a"]"#]),
        ])
    func differencesOfAContainer(live: String, desired: String, expected: [String]) {
        #expect(differences(#"{"containerDefinitions":[\#(live)]}"#, #"{"containerDefinitions":[\#(desired)]}"#) == expected)
    }

    @Test func `host ports follow from awsvpc`() {
        let live = #"{"networkMode":"awsvpc","containerDefinitions":[{"name":"app","portMappings":[{"containerPort":80,"hostPort":80}]}]}"#
        let desired = #"{"networkMode":"awsvpc","containerDefinitions":[{"name":"app","portMappings":[{"containerPort":80}]}]}"#
        #expect(differences(live, desired) == [])
    }

    @Test func `a described task definition becomes the request that registers it`() {
        let answer = Self.json(
            """
            {"taskDefinition":{"taskDefinitionArn":"arn:1","family":"web","revision":3,"status":"ACTIVE","compatibilities":["EC2"],"registeredAt":1.5,
             "registeredBy":"me","requiresAttributes":[{"name":"x"}],"containerDefinitions":[{"name":"app","image":"i"}]},"tags":[{"key":"k","value":"v"}]}
            """)
        #expect(
            TaskDefinitionForm.request(describing: answer).text
                == #"{"family":"web","containerDefinitions":[{"name":"app","image":"i"}],"tags":[{"key":"k","value":"v"}]}"#)
    }

    @Test(
        "the fields of a service",
        arguments: [
            ("deploymentConfiguration", #"{"maximumPercent":200,"minimumHealthyPercent":100}"#, "null", 0),
            ("deploymentConfiguration", #"{"maximumPercent":200,"minimumHealthyPercent":100}"#, #"{"maximumPercent":200}"#, 0),
            (
                "deploymentConfiguration",
                #"{"deploymentCircuitBreaker":{"enable":false,"rollback":false,"resetOnHealthyTask":true},"alarms":{"alarmNames":[],"enable":false,"rollback":false},"strategy":"ROLLING"}"#,
                "null", 0
            ),
            ("deploymentConfiguration", "null", #"{"deploymentCircuitBreaker":{"enable":true,"rollback":true}}"#, 2),
            ("platformVersion", "null", #""LATEST""#, 0),
            ("healthCheckGracePeriodSeconds", "null", "0", 0),
            (
                "networkConfiguration", #"{"awsvpcConfiguration":{"subnets":["b","a"],"securityGroups":[],"assignPublicIp":"DISABLED"}}"#,
                #"{"awsvpcConfiguration":{"subnets":["a","b"]}}"#, 0
            ),
            ("placementStrategy", #"[{"type":"spread","field":"a"},{"type":"random"}]"#, #"[{"type":"random"},{"type":"spread","field":"a"}]"#, 1),
            ("placementConstraints", "[]", "null", 0),
            ("desiredCount", "1", "2", 1),
            ("noSuchField", "1", "2", 0),
        ])
    func serviceFields(field: String, live: String, desired: String, count: Int) {
        #expect(ServiceForm.differences(in: field, from: Self.json(live), to: Self.json(desired)).count == count)
    }
}
