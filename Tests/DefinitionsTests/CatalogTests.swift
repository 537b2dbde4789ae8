import Foundation
import Testing

@testable import Definitions

private let organization = """
    environments:
      production: {region: ap-northeast-1, cluster: main}
      staging:
    teams:
      kitchen: {channel: '#kitchen'}
    alerting:
      channel: '#sre'
      runbooks: https://runbooks.example/jubako
      thresholds: {error_ratio: 0.02, queue_age_seconds: 60}

    """

@Test func `jubako.yml is read`() async throws {
    try await Workspace.with(["jubako.yml": organization]) { workspace in
        let read = try Organization.load(workspace.path("jubako.yml"))
        #expect(read.environments == ["production": .init(region: "ap-northeast-1", cluster: "main"), "staging": .init()])
        #expect(read.teams == ["kitchen": .init(channel: "#kitchen")])
        #expect(read.sreChannel == "#sre")
        #expect(read.runbooks == "https://runbooks.example/jubako")
        #expect(read.thresholds["error_ratio"] == 0.02)
        #expect(read.thresholds["queue_age_seconds"] == 60)
        #expect(read.thresholds["cpu_ratio"] == 0.9)
    }
}

@Test(arguments: [
    ("[]", "jubako.yml:1:1: jubako.yml must be a map, not a list"),
    ("team: {}", "jubako.yml:1:1: unknown key team, did you mean teams?"),
    ("teams: {kitchen: {chanel: '#a'}}", "jubako.yml:1:19: unknown key chanel, did you mean channel?"),
    (
        "teams: {kitchen: {channel: kitchen}}",
        "jubako.yml:1:28: channel must be a channel's name as '#sre', in small letters, or its id as C0123456789"
    ),
    ("teams: {a b: {}}", "jubako.yml:1:9: a team's name has letters, digits, - and _ only"),
    ("environments: {p: {endpoint_url: ftp://x}}", "jubako.yml:1:34: endpoint_url must be an address that starts with http:// or https://"),
    ("environments: {p: {cluster: 1}}", "jubako.yml:1:29: cluster must be a string, not an integer: write '1'"),
    ("alerting:\n  thresholds: {cpu_ratio: 80}", "jubako.yml:2:27: cpu_ratio is a share, from 0 to 1: write 0.8 for 80.0 percent"),
    ("alerting:\n  thresholds: {A-b: 1}", "jubako.yml:2:16: a threshold's name has small letters, digits and _ only"),
    ("sign_in: {issuer: https://id.example, url: https://c.example}", "jubako.yml:1:1: client_id is missing"),
    (
        "sign_in: {issuer: http://id.example, client_id: c, url: https://c.example}",
        "jubako.yml:1:19: issuer must be an address that starts with https:// (http:// on this machine only), without ? and #"
    ),
    (
        "sign_in: {issuer: https://id.example, client_id: c, url: https://c.example/console}",
        "jubako.yml:1:58: url must be the server's address without a path: write https://c.example"
    ),
    (
        "sign_in: {issuer: https://id.example, client_id: c, url: https://c.example, roles: {admins: [a]}}",
        "jubako.yml:1:85: no role is called admins, did you mean admin?"
    ),
    (
        "sign_in: {issuer: https://id.example, client_id: c, url: https://c.example, client_secret: s}",
        "jubako.yml:1:77: client_secret does not belong in a file that many read: put it into the variable JUBAKO_OIDC_CLIENT_SECRET of the server"
    ),
    ("teams: {a: {}, a: {}}", "jubako.yml:1:16: duplicate key a, first written in line 1"),
])
func `a jubako.yml that does not fit says where`(text: String, expected: String) async throws {
    try await Workspace.with(["jubako.yml": text]) { workspace in
        let path = workspace.path("jubako.yml")
        let error = #expect(throws: DefinitionProblems.self) { try Organization.load(path) }
        #expect(error?.description.replacingOccurrences(of: workspace.directory.path + "/", with: "") == expected)
    }
}

private func source(_ workspace: Workspace) -> CatalogSource { CatalogSource(repository: workspace.directory.path, loader: workspace.loader) }

private func shown(_ catalog: Catalog, _ workspace: Workspace) -> [String] {
    catalog.problems.map { $0.description.replacingOccurrences(of: workspace.directory.path + "/", with: "") }
}

@Test func `a catalog has all apps of the folder`() async throws {
    let files = [
        "jubako.yml": organization,
        "apps/web.yml": minimal(rest: "owner: kitchen\nmonitoring: {channel: '#web', thresholds: {queue_age_seconds: 9}}"),
        "apps/jobs/batch.yml": minimal(rest: "owner: kitchn"), "apps/notes.yml": "a: b\n", "apps/include/part.yml": "a: b\n",
        "apps/other/web.yml": minimal(),
    ]
    try await Workspace.with(files) { workspace in
        let catalog = await source(workspace).load()
        #expect(Set(catalog.apps.keys) == ["web", "batch"])
        #expect(
            shown(catalog, workspace) == [
                "apps/jobs/batch.yml:1:1: the owner kitchn is no team of jubako.yml, did you mean kitchen?",
                "apps/web.yml:1:1: the app web is defined in apps/other/web.yml already: rename one of the files",
            ])
    }
}

@Test func `an app's channel is its own, its team's or the SREs'`() async throws {
    let files = [
        "jubako.yml": organization, "apps/a.yml": minimal(rest: "owner: kitchen\nmonitoring: {channel: '#a'}"),
        "apps/b.yml": minimal(rest: "owner: kitchen"), "apps/c.yml": minimal(),
    ]
    try await Workspace.with(files) { workspace in
        let catalog = await source(workspace).load()
        #expect(["a", "b", "c", "none"].map { catalog.channel(of: $0) } == ["#a", "#kitchen", "#sre", "#sre"])
        #expect(catalog.threshold("error_ratio", of: "a") == 0.02)
    }
}

@Test func `a broken file keeps its last good entry`() async throws {
    let files = ["jubako.yml": organization, "apps/web.yml": minimal(rest: "owner: kitchen\nmonitoring: {channel: '#web'}")]
    try await Workspace.with(files) { workspace in
        let live = await LiveCatalog.load(source(workspace))
        try workspace.write("apps/web.yml", minimal(rest: "owner: [kitchen]"))
        try workspace.write("jubako.yml", "teams: 1\n")
        let broken = await live.reload()
        #expect(broken.apps["web"]?.team == "kitchen")
        #expect(broken.apps["web"]?.isOutdated == true)
        #expect(broken.organization.sreChannel == "#sre")
        #expect(
            shown(broken, workspace) == [
                "jubako.yml:1:8: teams must be a map, not an integer", "apps/web.yml:7:1: owner must be a string, not a list",
            ])
        try workspace.write("apps/web.yml", minimal(rest: "monitoring: {channel: '#other'}"))
        try workspace.write("jubako.yml", organization)
        let mended = await live.reload()
        #expect(mended.problems.isEmpty)
        #expect(mended.channel(of: "web") == "#other")
        #expect(mended.apps["web"]?.isOutdated == false)
    }
}

@Test func `a reload opens only what has changed, includes too`() async throws {
    let files = [
        "apps/web.yml": minimal(rest: "owner: !include include/owner.yml"), "apps/include/owner.yml": "first\n", "apps/gone.yml": minimal(),
        "apps/lib.jsonnet":
            "local x = import 'lib/x.libsonnet'; {scheduler: {type: 'ecs', desired_count: 1}, app: {image: 'a', memory: 64}, owner: x}",
        "apps/lib/x.libsonnet": "'one'",
    ]
    try await Workspace.with(files) { workspace in
        let first = await CatalogSource(organizationFile: nil, paths: [workspace.path("apps")], loader: workspace.loader).load()
        #expect(first.apps["web"]?.team == "first")
        let again = await CatalogSource(organizationFile: nil, paths: [workspace.path("apps")], loader: workspace.loader).load(after: first)
        #expect(again.files.mapValues(\.stamps) == first.files.mapValues(\.stamps))
        try workspace.write("apps/include/owner.yml", "second\n")
        try workspace.write("apps/lib/x.libsonnet", "'three'")
        try FileManager.default.removeItem(atPath: workspace.path("apps/gone.yml"))
        let second = await CatalogSource(organizationFile: nil, paths: [workspace.path("apps")], loader: workspace.loader).load(after: first)
        #expect(second.apps["web"]?.team == "second")
        #expect(second.apps["lib"]?.team == "three")
        #expect(second.apps["gone"] == nil)
    }
}

@Test func `a threshold of jubako.yml is known to a definition that is loaded alone`() async throws {
    let text = minimal(rest: "monitoring: {channel: '#a', thresholds: {queue_age_seconds: 9}}")
    try await Workspace.with(["jubako.yml": organization, "apps/deep/web.yml": text, "apps/typo.yml": text.replacing("queue_age", with: "queue_ago")])
    {
        let definition = try await $0.load("apps/deep/web.yml")
        #expect(definition.monitoring?.thresholds == ["queue_age_seconds": 9])
        let problems = await $0.problems("apps/typo.yml")
        #expect(problems == "apps/typo.yml:7:42: unknown threshold queue_ago_seconds, did you mean queue_age_seconds?")
    }
}

@Test func `the cookbook is a catalog without problems`() async throws {
    try await Workspace.with([:]) { workspace in
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let catalog = await CatalogSource(repository: root.appending(path: "examples/cookbook").path, loader: workspace.loader).load()
        #expect(catalog.problems == [])
        #expect(Set(catalog.apps.keys) == ["recipes", "pantry"])
        #expect(catalog.apps.values.allSatisfy { $0.monitoring?.port == 8080 && $0.alerts.count == 1 })
        #expect(["recipes", "pantry"].map { catalog.channel(of: $0) } == ["#recipes", "#pantry"])
    }
}
