import Foundation
import ServiceModel

/// Applies one bundle, exactly it, or refuses.
public struct ApplyJob: Sendable {
    public struct Settings: Sendable {
        public var program = TerraformProgram("terraform")
        public var lockTimeout = "60s"
        public var pluginCache: String?
        public var limits = ApplyLimits()
        public var words = ApplyLimits.Words()
        /// Who applies, in the journal.
        public var person: String
        /// Why it is applied without an approval.
        public var withoutApproval: String?
        public var rule: TagRule
        /// Returns when somebody asks to stop; until it is cancelled otherwise.
        public var stop: @Sendable () async -> Void = { while (try? await Task.sleep(for: .seconds(3_600))) != nil {} }
        /// Whether somebody has asked to.
        public var isStopping: @Sendable () async -> Bool = { false }

        public init(person: String, rule: TagRule) {
            self.person = person
            self.rule = rule
        }
    }

    /// How far it is.
    public enum Progress: Sendable, Hashable {
        case preparing, checking, applying
        /// Terraform's own words on one resource.
        case step(String)
    }

    let bundle: PlanBundle
    /// The repository's root.
    let root: String
    let settings: Settings
    let desk: any PlanDesk

    public init(_ bundle: PlanBundle, root: String, settings: Settings, desk: any PlanDesk) {
        self.bundle = bundle
        self.root = root
        self.settings = settings
        self.desk = desk
    }

    private var facts: BundleFacts { bundle.facts }
    private var plan: String { "\(bundle.folder)/\(PlanBundle.File.plan.rawValue)" }
    /// A project that is destroyed has its files in the commit that had them last.
    private var files: String { facts.isDestroy ? "\(bundle.folder)/.files" : root }
    private var session: TerraformSession {
        TerraformSession(
            program: settings.program, directory: facts.path.isEmpty ? files : "\(files)/\(facts.path)", data: "\(bundle.folder)/.work",
            cache: settings.pluginCache)
    }

    /// - Returns: what was done, also where it ended half-way.
    /// - Throws: ``ApplyRefused`` where nothing was changed; ``TerraformError``.
    public func run(_ report: @escaping @Sendable (Progress) async -> Void) async throws -> ApplyReport {
        let earlier = try ApplyJournal(folder: bundle.folder)
        if !earlier.lines.isEmpty {
            let report = ApplyReport(earlier.lines, isAlive: false)
            guard report.outcome == .refused else {
                throw ApplyRefused([
                    ApplyRefusal(
                        .applied, "this plan was applied already (\(report.line))",
                        next: "read what it did with --report, and plan again: jubako terraform plan \(facts.project)")
                ])
            }
        }
        await report(.preparing)
        if facts.isDestroy { try await layOut() }
        defer { if facts.isDestroy { try? FileManager.default.removeItem(atPath: files) } }
        let project = session.directory
        guard FileManager.default.fileExists(atPath: project) else {
            throw ApplyRefused([
                ApplyRefusal(
                    .configEdited, "the folder \(facts.path) of \(facts.project) is not here",
                    next: "check out what was planned\(facts.commit.map { ": git checkout \($0.prefix(12))" } ?? "")")
            ])
        }
        do {
            try await session.initialise()
            let shown = try await session.show(plan)
            let summary = try PlanSummary(PlanFile(name: facts.project, data: Data(shown)))
            let values = try JSON(parsing: shown)
            let mask = SecretMask(values)
            // What people saw and approved was made of the JSON.
            guard SHA.text(mask.masked(plan: values).bytes) == facts.files[PlanBundle.File.json.rawValue] else {
                throw ApplyRefused([
                    ApplyRefusal(
                        .altered, "the plan of \(facts.project) is not the one that its JSON shows",
                        next: "plan it again: jubako terraform plan \(facts.project)")
                ])
            }
            await report(.checking)
            var refusals = ApplySeal.refusals(facts, try await surroundings())
            refusals += settings.limits.refusals(summary, project: facts.project, words: settings.words)
            if refusals.isEmpty, let drift = try await drift() { refusals.append(drift) }
            guard refusals.isEmpty else { throw ApplyRefused(refusals) }
            if await settings.isStopping() { throw TerraformError("interrupted before anything was changed") }
            try await desk.begin(facts)
            await report(.applying)
            return try await apply(summary, mask, tags: try unknownTags(shown), report)
        } catch let failed as TerraformSession.Failed {
            let refusals = failed.diagnosis.problems.compactMap { ApplySeal.refusal($0, facts.project) }
            guard refusals.isEmpty else { throw ApplyRefused(refusals) }
            throw TerraformError(failed.description)
        }
    }

    /// Lays out the files of a project whose folder is gone, and looks whether it still is.
    private func layOut() async throws {
        guard !FileManager.default.fileExists(atPath: "\(root)/\(facts.path)"), let commit = facts.commit else {
            throw ApplyRefused([
                ApplyRefusal(
                    .configEdited, "the plan destroys all of \(facts.project), and its folder \(facts.path) is here again",
                    next: "check out the change that deletes it, or plan again: jubako terraform plan \(facts.project)")
            ])
        }
        try? FileManager.default.removeItem(atPath: files)
        try await Repository(root: root).checkOut(commit, into: files)
    }

    private func surroundings() async throws -> Surroundings {
        let inputs = try ProjectInputs(project: facts.path, root: files)
        return Surroundings(
            input: try inputs.digest(), isBaseAsPlanned: try await isBaseAsPlanned(inputs.places),
            tool: .init(name: settings.program.name, version: try await session.version()), providers: ProviderFiles.found(in: session.data),
            state: .init(try await session.pullState()))
    }

    /// The base branch may have gone on with other projects' files, and may have taken in what was planned.
    private func isBaseAsPlanned(_ places: [String]) async throws -> Bool {
        let repository = Repository(root: root)
        guard let base = facts.base, let now = await repository.commit(base.reference), now != base.commit else { return true }
        let listing = try await repository.listing(of: places, at: now)
        // The change that deletes the project was merged.
        if facts.isDestroy, try await repository.listing(of: [facts.path], at: now).isEmpty { return true }
        if let then = try? await repository.listing(of: places, at: base.commit), then == listing { return true }
        if let commit = facts.commit, let planned = try? await repository.listing(of: places, at: commit), planned == listing { return true }
        return false
    }

    /// Looks once more at what is really there.
    private func drift() async throws -> ApplyRefusal? {
        ApplySeal.drift(facts, now: PlanMeaning.drift(of: try await session.refreshed(lockTimeout: settings.lockTimeout)))
    }

    /// Addresses whose tag nobody could tell before.
    private func unknownTags(_ shown: [UInt8]) throws -> [String] {
        try TagCheck(rule: settings.rule).check(PlanFile(name: facts.project, data: Data(shown))).unknowns.map(\.address)
    }

    private func apply(
        _ summary: PlanSummary, _ mask: SecretMask, tags unknown: [String], _ report: @escaping @Sendable (Progress) async -> Void
    ) async throws -> ApplyReport {
        let journal = JournalWriter(try ApplyJournal(folder: bundle.folder), desk: desk, mask: mask)
        try await journal.write(
            .compact([
                "type": "begin", "project": .string(facts.project), "digest": .string(facts.digest), "by": .string(settings.person),
                "pid": .integer(Int(ProcessInfo.processInfo.processIdentifier)), "without_approval": JSON(settings.withoutApproval),
                "allowed": JSON(settings.words.allowed), "confirmed": JSON(settings.words.confirmed.sorted()),
                "planned": .array(
                    summary.entries.map { .object(["address": .string($0.address), "action": .string($0.group.rawValue)]) }),
            ]))
        let code = try await session.program.stream(
            ["apply", "-input=false", "-no-color", "-json", "-lock-timeout=\(settings.lockTimeout)", plan], in: session.directory,
            data: session.data, cache: session.cache, until: settings.stop
        ) { line in
            guard let event = try? JSON(parsing: line) else { return }
            if let text = try await journal.take(event) { await report(.step(text)) }
        }
        let outcome = try await end(code, journal, unknown)
        try await desk.end(outcome)
        return outcome
    }

    /// Looks at the state that came out, and closes the journal.
    private func end(_ code: Int32?, _ journal: JournalWriter, _ unknown: [String]) async throws -> ApplyReport {
        let state = try? await session.pullState()
        let problems = await journal.diagnosis.problems
        let hasBegun = await journal.hasBegun
        let outcome: ApplyReport.Outcome =
            code == 0 ? .applied : !hasBegun && problems.contains { ApplySeal.refusal($0, facts.project) != nil } ? .refused : .failed
        var wrong: [String] = []
        if outcome == .applied, !unknown.isEmpty { wrong = TagRecheck(rule: settings.rule).wrong(unknown, state: state ?? .null) }
        try await journal.write(
            .compact([
                "type": "end", "outcome": .string(outcome.rawValue), "code": JSON(code.map(Int.init)), "deposed": JSON(Self.deposed(state ?? .null)),
                "wrong_tags": JSON(wrong), "serial": state?["serial"] ?? .null,
            ]))
        let report = ApplyReport(await journal.lines, isAlive: false)
        if outcome == .refused {
            try? await desk.end(report)
            throw ApplyRefused(problems.compactMap { ApplySeal.refusal($0, facts.project) })
        }
        return report
    }

    /// Addresses with objects that a half-finished replacement left behind.
    private static func deposed(_ state: JSON) -> [String] {
        state["resources"].array.flatMap { resource in
            resource["instances"].array.compactMap { instance in
                guard let key = instance["deposed"].string, let type = resource["type"].string, let name = resource["name"].string else { return nil }
                let module = resource["module"].string.map { "\($0)." } ?? ""
                let index = instance["index_key"].isNull ? "" : "[\(instance["index_key"].text)]"
                return "\(module)\(type).\(name)\(index) (deposed object \(key))"
            }
        }
    }
}

/// Writes Terraform's events into the journal, and tells the desk.
private actor JournalWriter {
    private var journal: ApplyJournal
    private let desk: any PlanDesk
    private let mask: SecretMask
    private(set) var diagnosis = PlanDiagnosis()
    /// Something may have been changed.
    private(set) var hasBegun = false

    /// What says how far it is; of the rest the plan's JSON tells more.
    private static let kept: Set<String> = [
        "apply_start", "apply_complete", "apply_errored", "provision_start", "provision_complete", "provision_errored", "diagnostic",
        "change_summary",
    ]

    init(_ journal: ApplyJournal, desk: any PlanDesk, mask: SecretMask) {
        self.journal = journal
        self.desk = desk
        self.mask = mask
    }

    var lines: [JSON] { journal.lines }

    func write(_ event: JSON) async throws {
        let line = try journal.append(mask.covered(event))
        await desk.record([line])
    }

    /// - Returns: what to show of it.
    func take(_ event: JSON) async throws -> String? {
        guard let type = event["type"].string, Self.kept.contains(type) else { return nil }
        if type == "apply_start" { hasBegun = true }
        var event = mask.covered(event)
        // It quotes the configuration.
        event["diagnostic"]["snippet"] = .null
        diagnosis.take(event)
        try await write(event)
        return event["@message"].string
    }
}
