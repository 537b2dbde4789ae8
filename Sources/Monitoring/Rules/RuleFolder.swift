public import Definitions
import Foundation
public import PrometheusText
public import SystemPackage

/// The folder of rule files that Prometheus loads. A file that promtool rejects never gets there; what was there before stays.
public struct RuleFolder: Sendable {
    /// What is to be there under one name.
    struct Wanted: Sendable {
        let name: String
        let text: String
        let origin: RuleOrigin
    }

    /// What a change of the folder came to.
    public struct Outcome: Sendable, Hashable {
        /// Prometheus has to load its rules again.
        public var isChanged = false
        /// What was not accepted, at the place in the library or the definition that it came from.
        public var rejected: [RejectedRule] = []

        public init(isChanged: Bool = false, rejected: [RejectedRule] = []) {
            self.isChanged = isChanged
            self.rejected = rejected
        }

        /// The same as a metric.
        public func write(to exposition: inout Exposition) {
            exposition.family("jubako_rules_rejected", .gauge, "Rules that Prometheus does not accept; what was there before is in force.")
            exposition.sample("jubako_rules_rejected", [:], Double(rejected.count))
        }
    }

    public let path: String
    private let promtool: FilePath

    public init(path: String, promtool: FilePath) {
        self.path = path
        self.promtool = promtool
    }

    /// Makes the folder hold the library, the alerts of all apps, and what others have made of the definitions.
    ///
    /// - Throws: ``StackError`` when files cannot be written or promtool cannot be run.
    public func write(_ library: RuleLibrary, _ catalog: Catalog, _ generated: [GeneratedRules] = []) async throws -> Outcome {
        var wanted = library.files.map { file in
            Wanted(
                name: "library-\(file.name).yml", text: RuleLibrary.text(of: file, runbooks: catalog.organization.runbooks),
                origin: .library(file.path))
        }
        for app in catalog.apps.values.sorted(by: { $0.name < $1.name }) {
            guard let rendered = RenderedRules(app) else { continue }
            wanted.append(Wanted(name: "app-\(app.name).yml", text: rendered.text, origin: .app(rendered)))
        }
        wanted += generated.map { Wanted(name: "\($0.name).yml", text: $0.text, origin: .generated($0)) }
        return try await write(wanted)
    }

    private func write(_ wanted: [Wanted]) async throws -> Outcome {
        let checking = path + "/.new"
        do { try FileManager.default.createDirectory(atPath: checking, withIntermediateDirectories: true) } catch {
            throw StackError(code: .files, message: "cannot create \(checking): \(error)")
        }
        var outcome = Outcome()
        let changed = wanted.filter { (try? String(contentsOfFile: "\(path)/\($0.name)", encoding: .utf8)) != $0.text }
        for file in changed { try AtomicFile.write(file.text, to: "\(checking)/\(file.name)") }
        let refused = try await refusals(changed, in: checking)
        for file in changed {
            if let answer = refused[file.name] {
                outcome.rejected += RejectedRule.all(in: answer, of: "\(checking)/\(file.name)", origin: file.origin)
                try? FileManager.default.removeItem(atPath: "\(checking)/\(file.name)")
            } else if case .app(let rendered) = file.origin, !rendered.unbound.isEmpty {
                outcome.rejected += rendered.unbound
                try? FileManager.default.removeItem(atPath: "\(checking)/\(file.name)")
            } else {
                try AtomicFile.move("\(checking)/\(file.name)", to: "\(path)/\(file.name)")
                outcome.isChanged = true
            }
        }
        let names = Set(wanted.map(\.name))
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where name.hasSuffix(".yml") && !names.contains(name) {
            try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
            outcome.isChanged = true
        }
        return outcome
    }

    /// What promtool says against files, by name. One call is enough when all are good.
    private func refusals(_ files: [Wanted], in folder: String) async throws -> [String: String] {
        guard !files.isEmpty else { return [:] }
        var refused: [String: String] = [:]
        var rest = files[...]
        while !rest.isEmpty {
            let some = rest.prefix(200)  // far below what a command line may hold
            rest = rest.dropFirst(200)
            if try await check(some.map { "\(folder)/\($0.name)" }).isAccepted { continue }
            for file in some {
                let answer = try await check(["\(folder)/\(file.name)"])
                if !answer.isAccepted { refused[file.name] = answer.text }
            }
        }
        return refused
    }

    private func check(_ paths: [String]) async throws -> ToolAnswer { try await ToolAnswer.run(promtool, ["check", "rules"] + paths) }
}
