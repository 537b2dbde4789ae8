import Foundation
import ServiceModel
import Store

@testable import Terraform

/// Proposed plans as small as the facts allow, and a clock that stands.
enum Proposals {
    static let noon = Date(timeIntervalSince1970: 1_790_000_000)

    /// - Parameter seed: plans with other seeds have other digests.
    static func facts(
        _ project: String = "kirare", seed: Int = 1, meaning: String = "queue", pullRequest: String? = "12", authors: [String] = ["ann"]
    ) -> BundleFacts {
        BundleFacts(
            project: project, path: "terraform/\(project)", commit: "c\(seed)", base: nil, authors: authors, pullRequest: pullRequest,
            createdAt: "2026-11-26T00:00:00Z", tool: .init(name: "terraform", version: "1.11.4"), providers: [:],
            state: .init(serial: seed, lineage: "l"), input: "i\(seed)", meaning: meaning, drift: [:], isDestroy: false, files: ["plan.tfplan": "f"])
    }

    /// - Parameter lost: addresses of destroyed databases.
    static func summary(lost: [String] = []) -> JSON {
        .object([
            "totals": .object(["destroy": .integer(lost.count)]),
            "resources": .array(lost.map { .object(["address": .string($0), "action": "destroy", "holds_data": true]) }),
        ])
    }

    static let passed: JSON = ["passed": true, "violations": 0, "findings": []]

    static func plan(_ id: Int = 1, _ facts: BundleFacts = facts(), lost: [String] = [], check: JSON = passed, by uploader: String = "ci")
        -> ProposedPlan
    {
        ProposedPlan(id: id, facts: facts, summary: summary(lost: lost), check: check, uploadedBy: uploader, uploadedAt: noon)
    }

    static func approval(_ person: String, at: Date = noon) -> ProposedPlan.Approval { .init(person: person, subject: "p#\(person)", at: at) }

    static func book() throws -> PlanBook { PlanBook(store: try SQLiteStore.inMemory()) }

    /// A journal as an apply writes it.
    static func journal(_ count: Int) throws -> [JSON] {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var journal = try ApplyJournal(folder: folder.path())
        for number in 1...count { try journal.append(["type": "apply_start", "number": .integer(number)], now: noon) }
        return journal.lines
    }
}

extension PlanBook {
    /// Takes a plan in and has it approved.
    func approved(_ facts: BundleFacts, by person: String = "sam", now: Date = Proposals.noon) async throws -> ProposedPlan {
        let plan = try await propose(facts, now: now)
        try await change(plan.id) { (plan: inout ProposedPlan) throws(PlanBookError) in
            try plan.approve(Proposals.approval(person), digest: plan.facts.digest, confirmed: nil)
        }
        return plan
    }

    func propose(_ facts: BundleFacts, lost: [String] = [], now: Date = Proposals.noon) async throws -> ProposedPlan {
        try await propose(facts, summary: Proposals.summary(lost: lost), check: Proposals.passed, by: "ci", now: now).plan
    }

    func state(_ id: Int) async throws -> ProposedPlan.State? { try await plan(id)?.state }
}
