import Foundation
import ServiceModel

/// Looks at several projects side by side for what was changed past Terraform.
public struct DriftRun: Sendable {
    public enum Outcome: Sendable {
        case looked(DriftReport)
        case failed([String])
    }

    public struct Result: Sendable {
        public let project: Project
        public let outcome: Outcome
    }

    let projects: [Project]
    /// The repository's root.
    let root: String
    let settings: PlanJob.Settings
    let key: String
    let width: Int

    /// - Parameters:
    ///   - key: of the tag whose value is the project's name.
    ///   - width: how many at once.
    public init(_ projects: [Project], root: String, settings: PlanJob.Settings, key: String, width: Int) {
        self.projects = projects
        self.root = root
        self.settings = settings
        self.key = key
        self.width = max(1, width)
    }

    /// - Parameter report: told of every project that begins.
    public func run(_ report: @escaping @Sendable (Project) -> Void) async -> [Result] {
        await SideBySide.run(projects, width: width) { project in
            report(project)
            do {
                return Result(project: project, outcome: .looked(try await look(project)))
            } catch let error as TerraformSession.Failed {
                return Result(project: project, outcome: .failed(error.messages))
            } catch {
                return Result(project: project, outcome: .failed([String(describing: error)]))
            }
        }
    }

    private func look(_ project: Project) async throws -> DriftReport {
        let session = TerraformSession(
            program: settings.program, directory: project.path.isEmpty ? root : "\(root)/\(project.path)",
            data: "\(settings.output)/.work/\(project.name)", cache: settings.pluginCache)
        try PlanBundle.makeFolder(session.data)
        if settings.pluginCache != nil {
            try await settings.turnstile.pass { try await session.initialise() }
        } else {
            try await session.initialise()
        }
        let rule = TagRule(key: key, value: project.name.split(separator: "/").last.map(String.init) ?? project.name)
        return DriftReport(project: project.name, plan: try await session.refreshed(lockTimeout: settings.lockTimeout), rule: rule)
    }
}

/// Does the same for many, some at once, and keeps their order.
enum SideBySide {
    static func run<Item: Sendable, Result: Sendable>(
        _ items: [Item], width: Int, _ body: @escaping @Sendable (Item) async -> Result
    ) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            var next = 0
            func add() {
                guard next < items.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await body(items[index])) }
            }
            for _ in 0..<min(width, items.count) { add() }
            var results: [Int: Result] = [:]
            while let (index, result) = await group.next() {
                results[index] = result
                if !Task.isCancelled { add() }
            }
            return items.indices.compactMap { results[$0] }
        }
    }
}
