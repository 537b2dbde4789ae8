import Foundation
import NIOCore

/// Checks rule files: promtool says what Prometheus would load, the checks say what would not do what it is meant for.
public struct RuleValidator: Sendable {
    public var settings = CheckSettings()
    /// nil to leave promtool out.
    public var promtool: Promtool? = Promtool()
    /// The Prometheus that the online checks ask; nil to leave them out.
    public var prometheus: (any PrometheusQueries)?

    public init() {}

    /// Checks the rule files at `paths`, whole folders in parallel.
    ///
    /// - Throws: ``RulesError`` when that cannot be done. Findings are no error.
    public func validate(_ paths: [String]) async throws(RulesError) -> RuleReport {
        var inputs: [Input] = []
        for path in try RulePaths.files(.rules, at: paths) { inputs.append(Input(path: path, bytes: try RulePaths.read(path))) }
        guard !inputs.isEmpty else { throw RulesError("\(paths.joined(separator: ", ")): there is no rule file: rule files end in .yml or .yaml") }
        return try await validate(inputs)
    }

    /// Checks one file that is not written yet.
    public func validate(_ text: String, path: String) async throws(RulesError) -> RuleReport {
        try await validate([Input(path: path, bytes: Array(text.utf8), isWritten: false)])
    }

    struct Input: Sendable {
        let path: String
        let bytes: [UInt8]
        var isWritten = true
    }

    private func validate(_ inputs: [Input]) async throws(RulesError) -> RuleReport {
        let files = await Parallel.map(inputs) { RuleFile($0.bytes, path: $0.path) }
        async let judged = judge(files, isWritten: inputs.allSatisfy(\.isWritten))
        async let examined = RuleExaminer(settings: settings).examine(files)
        var findings = await examined
        // A typed error does not come through async let.
        let complaints = try await judged.get()
        if let complaints {
            for (index, file) in files.enumerated() { findings[index] = Self.merged(findings[index], complaints[index] ?? [], file) }
        }
        var more = DuplicateRules.findings(in: files)
        var checks = Set(CheckCatalog.ofRules.map(\.id) + [DuplicateRules.check.id])
        if let prometheus {
            let refused = findings.joined().filter { $0.check == CheckCatalog.promtool.id }
            more += try await OnlineChecks(prometheus: prometheus, settings: settings).findings(in: files, besides: refused)
            checks.formUnion(CheckCatalog.online.map(\.id))
        }
        let byFile = Dictionary(grouping: more, by: \.file)
        let ledger = SilenceLedger(checks: checks)
        var result: [Finding] = []
        for (file, own) in zip(files, findings) {
            let all = ledger.apply(to: own + (byFile[file.path] ?? []), of: file)
            result += all.sorted { ($0.start, $0.check, $0.message) < ($1.start, $1.check, $1.message) }
        }
        return RuleReport(
            files: files.map(\.path), rules: files.reduce(0) { $0 + $1.groups.reduce(0) { $0 + $1.rules.count } }, findings: result,
            sources: Dictionary(files.map { ($0.path, $0.source) }) { first, _ in first })
    }

    /// What promtool says, by file; nil when it was not asked.
    private func judge(_ files: [RuleFile], isWritten: Bool) async -> Result<[Int: [String]]?, RulesError> {
        guard let promtool else { return .success(nil) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "jubako-rules-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do throws(RulesError) {
            do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
                throw RulesError("\(folder.path): cannot be made: check the temporary folder")
            }
            return .success(try await promtool.check(try PromtoolShards(folder: folder).files(files, isWritten: isWritten)))
        } catch {
            return .failure(error)
        }
    }

    /// promtool decides what is valid; where our reader says the same, the better message stays.
    private static func merged(_ ours: [Finding], _ complaints: [String], _ file: RuleFile) -> [Finding] {
        let judges: Set<String> = [CheckCatalog.syntax.id, CheckCatalog.ruleFile.id, TemplateSyntax().id]
        if complaints.isEmpty { return ours.filter { !judges.contains($0.check) } }
        let structure = ours.filter { $0.check == CheckCatalog.ruleFile.id }
        let templates = Set(ours.filter { $0.check == TemplateSyntax().id }.map(\.rule))
        let theirs = PromtoolComplaint.findings(complaints, in: file).filter { finding in
            if finding.message.contains("template: "), templates.contains(finding.rule) { return false }
            if finding.start == SourcePosition(line: 1, column: 1), !structure.isEmpty { return false }
            return !structure.contains { problem in
                if problem.start.line == finding.start.line { return true }
                guard let rule = file.rules.first(where: { ($0.start.line...$0.lastLine).contains(problem.start.line) }) else { return false }
                return (rule.start.line...rule.lastLine).contains(finding.start.line)
            }
        }
        let refused = Set(theirs.map(\.rule))
        return ours.filter { $0.check != CheckCatalog.syntax.id || !refused.contains($0.rule) } + theirs
    }
}
