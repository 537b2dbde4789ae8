import Alerting
import Definitions
import Foundation
import NIOHTTP1
import ServiceModel
import Store
import TestSupport
import Testing

@testable import Console
@testable import Terraform

@Suite struct `Proposed plans over HTTP` {
    /// A server with people to ask it.
    private struct Place: Sendable {
        let host: ConsoleHost
        /// The author, who is an SRE as well; two others; a developer; CI's token, which nobody approves with.
        let ann: String
        let sam: String
        let tom: String
        let cook: String
        let ci: String

        var folder: String { String(host.token.path.dropLast("/server.token".count)) }

        func post(_ path: String, _ body: JSON = [:], as token: String) async throws -> ConsoleHost.Answer {
            try await host.call(.POST, "/api/terraform/plans\(path)", body, token: token)
        }

        /// Proposes a plan and gives its id.
        func propose(_ transport: JSON) async throws -> String {
            let answer = try await post("", transport, as: ci)
            #expect(answer.status == 201, "\(answer.body)")
            return answer.json["id"].int.map { "/\($0)" } ?? "/0"
        }

        func approve(_ id: String, _ transport: JSON, as token: String, confirm: String? = nil) async throws -> ConsoleHost.Answer {
            try await post("\(id)/approve", .compact(["digest": .string(Bundles.digest(transport)), "confirm": JSON(confirm)]), as: token)
        }

        func plan(_ id: String) async throws -> JSON { try await host.call(.GET, "/api/terraform/plans\(id)", token: cook).json }

        /// Files of the server's folder that have the text in clear.
        func files(with text: String) throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
                FileManager.default.contents(atPath: "\(folder)/\(name)")?.range(of: Data(text.utf8)) != nil
            }
        }
    }

    private static func place(_ organization: String = "", _ body: @escaping @Sendable (Place) async throws -> Void) async throws {
        try await OpenIDProvider.run { provider in
            try await ConsoleHost.run(provider: provider, organization: "alerting: {channel: '#sre'}\n\(organization)") { host in
                func token(_ name: String, _ role: Role, teams: Set<String> = []) async throws -> String {
                    try await host.server.identity.tokens.make(
                        name: name, owner: Person(subject: "p#\(name)", name: name, role: role, teams: teams), apps: nil, days: 1
                    ).text
                }
                try await body(
                    Place(
                        host: host, ann: try await token("ann", .sre), sam: try await token("sam", .sre), tom: try await token("tom", .sre),
                        cook: try await token("cat", .developer, teams: ["kitchen"]), ci: try await token("ci", .developer)))
            }
        }
    }

    @Test func `are taken in once, whole, and from nobody who may not`() async throws {
        try await Self.place { place in
            let bundle = Bundles.transport()
            #expect(try await place.host.send(.POST, "/api/terraform/plans", body: bundle.text).status == 401)
            let id = try await place.propose(bundle)
            let again = try await place.post("", bundle, as: place.ci)
            #expect(again.status == 200 && again.json["id"].int.map { "/\($0)" } == id)

            var altered = Bundles.transport(seed: 2)
            altered["files"]["plan.tfplan"] = .string(Data("another plan".utf8).base64EncodedString())
            let refused = try await place.post("", altered, as: place.ci)
            #expect(refused.status == 422 && refused.body.contains("plan.tfplan"), "\(refused.body)")
            var forged = Bundles.transport(seed: 3)
            forged["facts"]["authors"] = ["somebody"]
            #expect(try await place.post("", forged, as: place.ci).status == 422, "the facts are not those of the digest")
            var lacking = Bundles.transport(seed: 4)
            lacking["files"]["plan.json"] = .null
            #expect(try await place.post("", lacking, as: place.ci).status == 422)
            #expect(try await place.post("", [:], as: place.ci).status == 422)
            #expect(try await place.host.call(.GET, "/api/terraform/plans", token: place.cook).json["plans"].array.count == 1)
        }
    }

    @Test func `hold more than other bodies, and the others no more for it`() async throws {
        try await Self.place { place in
            var bundle = Bundles.transport()
            bundle["more"] = .string(String(repeating: "x", count: 2 << 20))
            let id = try await place.propose(bundle)
            let large: JSON = ["digest": .string(String(repeating: "x", count: 1 << 19))]
            #expect(try await place.post("\(id)/approve", large, as: place.sam).status == 413)
        }
    }

    @Test func `are approved by an SRE who made no part of them`() async throws {
        try await Self.place { place in
            let bundle = Bundles.transport()
            let id = try await place.propose(bundle)
            #expect(try await place.approve(id, bundle, as: place.cook).status == 403)
            let own = try await place.approve(id, bundle, as: place.ann)
            #expect(own.status == 422 && own.body.contains("somebody else has to approve it"), "\(own.body)")
            let machine = try await place.approve(id, bundle, as: place.host.token.text)
            #expect(machine.status == 403 && machine.body.contains("a person's who signed in"), "\(machine.body)")
            #expect(try await place.post("\(id)/approve", ["digest": "0123456789"], as: place.sam).status == 422)
            let approved = try await place.approve(id, bundle, as: place.sam)
            #expect(approved.status == 200 && approved.json["state"] == "approved", "\(approved.body)")
            let audit = try await place.host.call(.GET, "/api/audit?limit=100").json["rows"].array.filter { $0["action"] == "Approve a plan" }
            let said = audit.map { "\($0["who"].string ?? "") \($0["result"].string ?? "")" }.sorted()
            #expect(said == ["ann (ann) refused", "cat (cat) denied", "sam (sam) done", "sam (sam) refused", "server token denied"])
        }
    }

    @Test func `are not approved by who sent them with a token of another name`() async throws {
        try await Self.place { place in
            let owner = Person(subject: "p#sam", name: "sam", role: .sre)
            let robot = try await place.host.server.identity.tokens.make(name: "robot", owner: owner, apps: nil, days: 1).text
            let bundle = Bundles.transport()
            let sent = try await place.post("", bundle, as: robot)
            #expect(sent.status == 201)
            let id = "/\(sent.json["id"].int ?? 0)"
            #expect(try await place.approve(id, bundle, as: place.sam).status == 422)
            #expect(try await place.approve(id, bundle, as: place.tom).status == 200)
        }
    }

    @Test func `that lose data want two SREs, and the project's name`() async throws {
        try await Self.place { place in
            let bundle = Bundles.transport(actions: ["delete"])
            let id = try await place.propose(bundle)
            #expect(try await place.plan(id)["needed"] == 2)
            #expect(try await place.approve(id, bundle, as: place.sam).status == 422)
            #expect(try await place.approve(id, bundle, as: place.sam, confirm: "kirare").json["state"] == "waiting")
            #expect(try await place.approve(id, bundle, as: place.sam, confirm: "kirare").status == 422)
            #expect(try await place.approve(id, bundle, as: place.tom, confirm: "kirare").json["state"] == "approved")
        }
    }

    @Test func `with a wrong tag are approved by nobody, whatever their sender says`() async throws {
        try await Self.place { place in
            let bundle = Bundles.transport(tag: "ortensia")
            let id = try await place.propose(bundle)
            #expect(try await place.plan(id)["violations"] == 1)
            let refused = try await place.approve(id, bundle, as: place.sam)
            #expect(refused.status == 422 && refused.body.contains("without the right tag"), "\(refused.body)")
        }
    }

    @Test func `keep an approval when they are made anew and do the same, and lose it otherwise`() async throws {
        try await Self.place { place in
            let first = Bundles.transport()
            let id = try await place.propose(first)
            #expect(try await place.approve(id, first, as: place.sam).status == 200)
            let same = try await place.plan(try await place.propose(Bundles.transport(seed: 2)))
            #expect(same["state"] == "approved" && same["approvals"][0]["person"] == "sam" && same["approvals"][0]["from"].int.map { "/\($0)" } == id)
            #expect(try await place.plan(id)["state"] == "superseded")
            let changed = try await place.plan(try await place.propose(Bundles.transport(seed: 3, meaning: "more")))
            #expect(changed["state"] == "waiting" && changed["approvals"] == [] && changed["reason"].string?.contains("something else") == true)
        }
    }

    @Test func `are applied one at a time, and what was planned before is void then`() async throws {
        try await Self.place { place in
            let (first, second) = (Bundles.transport(), Bundles.transport(seed: 2, pullRequest: "13"))
            let (one, two) = (try await place.propose(first), try await place.propose(second))
            let digest: JSON = ["digest": .string(Bundles.digest(first))]
            #expect(try await place.post("\(one)/turn", digest, as: place.sam).status == 409, "nobody has approved it")
            for (id, bundle) in [(one, first), (two, second)] { #expect(try await place.approve(id, bundle, as: place.sam).status == 200) }
            #expect(try await place.post("\(one)/turn", digest, as: place.cook).status == 403)
            #expect(try await place.post("\(one)/turn", digest, as: place.sam).json["taken"] == true)
            let waiting = try await place.post("\(two)/turn", ["digest": .string(Bundles.digest(second))], as: place.tom).json
            #expect(waiting["taken"] == false && waiting["position"] == 1 && waiting["person"] == "sam (sam)", "\(waiting)")

            let lines = try Bundles.applied(Bundles.digest(first))
            for line in lines {
                #expect(try await place.post("\(one)/journal", ["lines": [line]], as: place.sam).status == 200)
            }
            let gap: JSON = ["lines": [["n": 9, "at": "x", "event": ["type": "x"], "chain": .string(String(repeating: "0", count: 64))]]]
            #expect(try await place.post("\(one)/journal", gap, as: place.sam).status == 409)
            let page = try await place.host.get(
                "/terraform/plans\(one)", headers: [("Authorization", "Bearer \(place.cook)"), ("Accept", "text/html")])
            #expect(page.status == 200 && page.body.contains("Creation complete"), "\(page.body)")
            #expect(try await place.post("\(one)/end", ["outcome": "applied"], as: place.sam).json["state"] == "applied")
            #expect(try await place.plan(one)["report"]["outcome"] == "applied")
            #expect(try await place.plan(two)["state"] == "void")
            #expect(try await place.post("\(two)/turn", ["digest": .string(Bundles.digest(second))], as: place.tom).status == 409)
        }
    }

    @Test func `hold a secret that is nowhere in the server's folder in clear, and goes to who may apply`() async throws {
        try await Self.place { place in
            let bundle = Bundles.transport()
            let id = try await place.propose(bundle)
            func fetch(_ token: String) async throws -> ConsoleHost.Answer {
                try await place.host.call(.GET, "/api/terraform/plans\(id)/bundle", token: token)
            }
            #expect(try await fetch(place.sam).status == 409, "nobody has approved it")
            #expect(try await place.approve(id, bundle, as: place.sam).status == 200)
            #expect(try await fetch(place.cook).status == 403)
            #expect(try await fetch(place.tom).json == bundle)
            let secret = Bundles.secret
            let encoded = Data("a plan with \(secret)".utf8).base64EncodedString().prefix(12)
            #expect(try place.files(with: secret) == [] && place.files(with: String(encoded)) == [])
            let keys = try FileManager.default.subpathsOfDirectory(atPath: place.folder).filter { $0.hasSuffix(".key") }
            #expect(keys.count == 1)
            for key in keys {
                let rights = try FileManager.default.attributesOfItem(atPath: "\(place.folder)/\(key)")[.posixPermissions] as? Int
                #expect(rights == 0o600)
            }
            let audit = try await place.host.call(.GET, "/api/audit?limit=100").json["rows"].array
            #expect(
                audit.contains { $0["who"] == "tom (tom)" && $0["object"].string?.hasSuffix("/bundle") == true },
                "who took the secrets is written down")
        }
    }

    @Test func `are rejected with a reason, and withdrawn by their authors`() async throws {
        try await Self.place { place in
            let id = try await place.propose(Bundles.transport())
            #expect(try await place.post("\(id)/reject", [:], as: place.sam).status == 422)
            #expect(try await place.post("\(id)/reject", ["reason": "not on a Friday"], as: place.cook).status == 403)
            let rejected = try await place.post("\(id)/reject", ["reason": "not on a Friday"], as: place.sam).json
            #expect(rejected["state"] == "rejected" && rejected["reason"].string?.contains("not on a Friday") == true)
            let other = try await place.propose(Bundles.transport(seed: 2, authors: ["cat"]))
            #expect(try await place.post("\(other)/withdraw", as: place.cook).json["state"] == "withdrawn")
            let third = try await place.propose(Bundles.transport(seed: 3))
            #expect(try await place.post("\(third)/withdraw", as: place.cook).status == 403, "it is ann's")
            #expect(try await place.host.get("/api/terraform/plans/99", headers: [("Authorization", "Bearer \(place.cook)")]).status == 404)
        }
    }

    @Test func `are looked at by the server itself: a lost apply ends, and no bundle stays that nobody can apply`() async throws {
        try await withTemporaryDirectory { folder in
            let store = try SQLiteStore.inMemory()
            let catalog = await LiveCatalog.load(CatalogSource(organizationFile: nil, paths: [], loader: DefinitionLoader(cacheDirectory: nil)))
            let router = AlertRouter(
                settings: ChannelSettings(store: store), owners: CatalogOwners(catalog: catalog), proofs: ProofRecords(store: store))
            let slack = SlackClient(.init())
            let (book, vault) = (PlanBook(store: store), try BundleVault(folder: folder.path()))
            let notices = PlanNotices(
                notices: ChannelNotices(store: store, router: router, slack: slack, logger: .silent), catalog: catalog, url: "http://x",
                logger: .silent)
            let watch = PlanWatch(
                plans: PlanEndpoints(book: book, vault: vault, catalog: catalog, notices: notices, hub: EventHub()), logger: .silent)
            var ids: [Int] = []
            let now = Date()
            for (seed, pullRequest) in [(1, "1"), (2, "1"), (3, "2")] {
                let transport = Bundles.transport(seed: seed, pullRequest: pullRequest)
                let facts = try PlanBundle.open(transport).facts
                let plan = try await book.propose(facts, summary: [:], check: ["violations": 0], by: "ci", now: now).plan
                try vault.keep(transport, of: plan.id)
                ids.append(plan.id)
            }
            try await watch.look(now: now)
            #expect(vault.plans().sorted() == Array(ids[1...]), "the first was superseded")
            let plan = try #require(
                try await book.change(ids[1]) { (plan: inout ProposedPlan) throws(PlanBookError) in
                    try plan.approve(.init(person: "sam", subject: "p#sam", at: now), digest: plan.facts.digest, confirmed: nil)
                })
            #expect(try await book.begin(plan.id, digest: plan.facts.digest, by: "sam", now: now) == .taken)
            try await watch.look(now: now + 60)
            #expect(try await book.plan(plan.id)?.state == .applying)
            try await watch.look(now: now + 120)
            #expect(try await book.plan(plan.id)?.state == .lost && vault.plans() == [])
            let told = try await store.query(partition: "alerting/notices").map { String(decoding: $0.body, as: UTF8.self) }
            #expect(told.contains { $0.contains("is lost") }, "\(told)")
            try await slack.shutdown()
        }
    }
}
