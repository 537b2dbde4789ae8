import Foundation
import ServiceModel
import Testing

@testable import Definitions

private let ab = "a: 1\nb: 2\n"

@Test(arguments: [
    ("<<: !include ab.yml\nb: 8\nc: 9", #"{"a":1,"b":8,"c":9}"#),
    ("b: 8\nc: 9\n<<: !include ab.yml", #"{"b":2,"c":9,"a":1}"#),
    ("b: 8\n<<: !include ab.yml\nb2: 9", #"{"b":2,"a":1,"b2":9}"#),
    ("<<: !include ab.yml\nx: 0\n<<: !include cd.yml", #"{"c":3,"d":4,"x":0}"#),
    ("<<: !include ab.yml\na: 5\n<<: !include a9.yml", #"{"a":5}"#),
    ("k: !include ab.yml", #"{"k":{"a":1,"b":2}}"#),
    ("- !include ab.yml\n- !include list.yml\n- !include scalar.txt", #"[{"a":1,"b":2},[1,"x"],true]"#),
    ("!include ab.yml", #"{"a":1,"b":2}"#),
    ("x: 1\n<<: !include list.yml", #"{"x":1,"<<":[1,"x"]}"#),
    ("k: !include deep/outer.yml", #"{"k":{"inner":{"z":7}}}"#),
])
func `an include stands where its tag stands`(text: String, expected: String) async throws {
    let files = [
        "entry.yml": text, "ab.yml": ab, "cd.yml": "c: 3\nd: 4", "a9.yml": "a: 9", "list.yml": "- 1\n- x", "scalar.txt": "yes",
        "deep/outer.yml": "inner: !include ../deep2/inner.yml", "deep2/inner.yml": "z: 7",
    ]
    try await Workspace.with(files) { workspace in
        let found = await workspace.document("entry.yml")
        #expect(found == expected)
    }
}

@Test(arguments: [
    ("d: &d {a: 1, b: 2}\nm:\n  b: 8\n  <<: *d\n", #"{"b":2,"a":1}"#),
    ("d: &d {a: 1, b: 2}\nm:\n  <<: *d\n  b: 8\n", #"{"a":1,"b":8}"#),
    ("m:\n  <<: {a: 1}\n  <<: {a: 2, b: 3}\n", #"{"a":2,"b":3}"#),
    ("d: &d {a: 1}\ne: &e {a: 2, b: 2}\nm:\n  <<: [*d, *e]\n", #"{"a":1,"b":2}"#),
    ("m:\n  <<: [{a: 1}, 5]\n", #"{"<<":[{"a":1},5]}"#),
    ("m:\n  <<: [{a: 1}, !include ab.yml]\n", #"{"a":1,"b":2}"#),
    ("m:\n  <<: 5\n  a: 1\n", #"{"<<":5,"a":1}"#),
    ("i: &i !include ab.yml\nm:\n  a: 7\n  <<: *i\n", #"{"a":1,"b":2}"#),
    ("m:\n  !!str <<: {a: 1}\n  b: 2\n", #"{"a":1,"b":2}"#),
])
func `a merge overrides what stands before it`(text: String, expected: String) async throws {
    try await Workspace.with(["entry.yml": text, "ab.yml": ab]) { workspace in
        let document = try JSON(parsing: await workspace.document("entry.yml"))
        #expect(document["m"].text == expected)
    }
}

@Test(arguments: [
    ("", "entry.yml:1:1: the file is empty"),
    ("# nothing\n", "entry.yml:1:1: the file is empty"),
    ("a: 1\n---\nb: 2\n", "entry.yml:2:1: a second YAML document starts here: a definition is one document"),
    ("a:\n  b: !include none.yml\n", "entry.yml:2:6: cannot include none.yml: DIR/none.yml: no such file or directory"),
    ("a: !include sub\n", "entry.yml:1:4: cannot include sub: DIR/sub: is a directory"),
    ("a: !include empty.yml\n", "empty.yml:1:1: the file is empty"),
    ("a: !include circle.yml\n", "sub/back.yml:1:1: include cycle: DIR/circle.yml includes DIR/sub/back.yml includes DIR/sub/../circle.yml"),
    ("a: !include entry.yml\n", "entry.yml:1:4: include cycle: DIR/entry.yml includes DIR/entry.yml"),
    ("a: !include\n  - x\n", "entry.yml:1:4: !include takes the path of one file"),
    ("a: !include bad.yml\n", "bad.yml:2:1: did not find expected node content while parsing a flow node"),
    ("a: 1\nb: 2\na: 3\n", "entry.yml:3:1: duplicate key a, first written in line 1"),
    ("é: {x: 1, ü: 2, x: 1}\n", "entry.yml:1:17: duplicate key x, first written in line 1"),
    ("a: *b\n", "entry.yml:1:4: the alias *b has no anchor &b before it"),
    ("a: &a {x: *a}\n", "entry.yml:1:11: the alias *a has no anchor &a before it"),
    (
        "a: !ruby/object:File {}\nb: !x y\n",
        "entry.yml:1:4: unknown tag !ruby/object:File: a definition is plain data, and !include is its only tag\n"
            + "entry.yml:2:4: unknown tag !x: a definition is plain data, and !include is its only tag"
    ),
    ("a: !!binary aGk=\n", "entry.yml:1:4: unknown tag !!binary: a definition is plain data, and !include is its only tag"),
    ("a: .inf\n", "entry.yml:1:4: .inf is no number that can be sent: write '.inf' for the text"),
    ("? [a]\n: 1\n", "entry.yml:1:3: a key must be a text, not a list or a map"),
    ("a: [1\nb: 2", "entry.yml:2:2: did not find expected ',' or ']' while parsing a flow sequence"),
    ("a: 1\n\tb: 2", "entry.yml:2:1: found a tab character that violates indentation while scanning a plain scalar"),
    (String(repeating: "[", count: 120), "entry.yml:1:101: nested deeper than 100 levels"),
])
func `a text that cannot be read says where`(text: String, expected: String) async throws {
    let files = [
        "entry.yml": text, "empty.yml": "", "circle.yml": "x: !include sub/back.yml", "sub/back.yml": "!include ../circle.yml", "bad.yml": "a: [\n",
    ]
    try await Workspace.with(files) { workspace in
        let found = await workspace.document("entry.yml").replacingOccurrences(of: workspace.directory.path, with: "DIR")
        #expect(found == expected.replacingOccurrences(of: "DIR/", with: ""))
    }
}

@Test func `bytes that are no UTF-8 say where`() async throws {
    try await Workspace.with([:]) { workspace in
        try Data([0x61, 0x3A, 0x20, 0xC3, 0xA9, 0x0A, 0x62, 0x3A, 0x20, 0xFF, 0x0A]).write(to: workspace.directory.appending(path: "x.yml"))
        #expect(await workspace.document("x.yml") == "x.yml:2:4: invalid leading UTF-8 octet")
    }
}

@Test func `aliases cannot blow a document up`() async throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 { text += "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n" }
    try await Workspace.with(["laughs.yml": text, "b0.yml": "[x, x, x, x, x, x, x, x, x, x]"]) { workspace in
        let found = await workspace.document("laughs.yml")
        #expect(found == "laughs.yml:5:20: aliases and includes make this document larger than 50000 values")
        for level in 1...9 {
            try workspace.write("b\(level).yml", "[" + (0..<10).map { _ in "!include b\(level - 1).yml" }.joined(separator: ", ") + "]")
        }
        #expect(await workspace.document("b9.yml").contains("aliases and includes make this document larger than 50000 values"))
    }
}

/// One line of a map, and what Ruby's hash makes of it.
private enum Line: CaseIterable {
    case explicit, includeFirst, includeSecond, alias, list

    func text(_ key: String) -> String {
        switch self {
        case .explicit: "\(key): own"
        case .includeFirst: "<<: !include first.yml"
        case .includeSecond: "<<: !include second.yml"
        case .alias: "<<: *base"
        case .list: "<<: [*base, {q: list, r: list}]"
        }
    }
}

/// Psych's and hako's steps, written down as they are: merges at once, an included map left at `<<` and spliced in at the end.
private func model(_ lines: [(Line, String)], first: JSONObject, second: JSONObject, base: JSONObject) -> JSONObject {
    var hash = JSONObject()
    for (line, key) in lines {
        switch line {
        case .explicit: hash[key] = "own"
        case .includeFirst: hash["<<"] = .object(first)
        case .includeSecond: hash["<<"] = .object(second)
        case .alias: hash.merge(base) { _, new in new }
        case .list:
            var together: JSONObject = ["q": "list", "r": "list"]
            together.merge(base) { _, new in new }
            hash.merge(together) { _, new in new }
        }
    }
    var result = JSONObject()
    for (key, value) in hash {
        if key == "<<" { result.merge(value.object) { _, new in new } } else { result[key] = value }
    }
    return result
}

@Test(arguments: 0..<8)
func `any order of keys and merges gives hako's map`(seed: Int) async throws {
    let (first, second, base): (JSONObject, JSONObject, JSONObject) = (["p": "1", "q": "1"], ["q": "2", "s": "2"], ["r": "base", "p": "base"])
    var random = SplitMix(state: UInt64(seed))
    let wrong = try await Workspace.with(["first.yml": JSON.object(first).text, "second.yml": JSON.object(second).text]) { workspace in
        var wrong: [String] = []
        for _ in 0..<40 {
            var keys = ["p", "q", "r", "s", "t"].shuffled(using: &random)
            let lines = (0..<Int.random(in: 1...7, using: &random)).compactMap { _ -> (Line, String)? in
                let line = Line.allCases.randomElement(using: &random) ?? .explicit
                if line != .explicit { return (line, "") }
                return keys.popLast().map { (line, $0) }
            }
            let text = "base: &base {r: base, p: base}\nm:\n  z: 0\n" + lines.map { "  " + $0.0.text($0.1) + "\n" }.joined()
            try workspace.write("entry.yml", text)
            var expected: JSONObject = ["z": 0]
            expected.merge(model(lines, first: first, second: second, base: base)) { _, new in new }
            let found = try JSON(parsing: await workspace.document("entry.yml"))["m"].text
            if found != JSON.object(expected).text { wrong.append("\(text)\nfound \(found)\nexpected \(JSON.object(expected).text)") }
        }
        return wrong
    }
    #expect(wrong == [])
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
