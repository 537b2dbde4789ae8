import Testing

@testable import ServiceModel

private let model = ServiceModel(
    table: """
        service test json 1 Test
        enum Color red blue
        list Names string
        structure Base
         startDelay integer
         isDone boolean!=false
         name string!
        """
)
.extended(
    by: """
        map Things Thing
        structure Thing Base -name
         color Color!
        """)

@Test func `a structure takes over another's members`() {
    #expect(Array(model.structure("Thing").members.keys) == ["color", "startDelay", "isDone"])
    #expect(Array(model.structure("Base").members.keys) == ["startDelay", "isDone", "name"])
}

@Test func `a definition is checked with snake_case keys and all problems at once`() {
    var checker = Checker(model: model, style: .definition) { $0.last == .key("start_delay") ? "0x10" : nil }
    let checked = checker.check(["a": ["color": "red", "start_delay": "5"], "b": ["colour": "red", "start_delay": [1]], "c": nil], as: "Things")
    #expect(checked["a"].text == #"{"color":"red","startDelay":5,"isDone":false}"#)
    #expect(
        checker.problems.map(\.description) == [
            "b.colour: unknown key colour, did you mean color?", "b.start_delay: start_delay must be an integer, not a list", "b: color is missing",
            "c: c must be a map, not null",
        ])
}

@Test func `a request is checked with its own keys`() {
    var checker = Checker(model: model, style: .request)
    let checked = checker.check(["a": ["color": "green", "startDelay": "5", "other": 1]], as: "Things")
    #expect(checked["a"].object.keys.contains("other") == false)
    #expect(
        checker.problems.map(\.description) == [
            "a.color: \"green\" is none of red, blue", "a.startDelay: must be an integer, not a string", "a: isDone is missing",
        ])
}

@Test(arguments: [
    ("entryPoint", "entry_point"), ("enableECSManagedTags", "enable_ecs_managed_tags"), ("sizeInGiB", "size_in_gi_b"), ("dnsName", "dns_name"),
    ("s3filesVolumeConfiguration", "s3files_volume_configuration"), ("image_tag", "image_tag"), ("managedEBSVolume", "managed_ebs_volume"),
])
func `a field reads in a definition as the Ruby SDK writes it`(name: String, expected: String) {
    #expect(Naming.snakeCase(name) == expected)
}

@Test func `setting null removes a member`() {
    var value: JSON = ["a": 1, "b": 2]
    value["a"] = .null
    value["c"]["d"] = .null
    #expect(value.text == #"{"b":2}"#)
}
