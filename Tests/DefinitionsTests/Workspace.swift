import Foundation
import ServiceModel
import TestSupport

@testable import Definitions

/// A folder with the files of one test, and what becomes of them.
struct Workspace {
    let directory: URL
    let loader: DefinitionLoader

    static func with<Result>(_ files: [String: String], _ body: (Workspace) async throws -> Result) async throws -> Result {
        try await withTemporaryDirectory { directory in
            let workspace = Workspace(directory: directory, loader: DefinitionLoader(cacheDirectory: directory.appending(path: "cache").path))
            for (name, text) in files { try workspace.write(name, text) }
            return try await body(workspace)
        }
    }

    func path(_ name: String) -> String { directory.appending(path: name).path }

    func write(_ name: String, _ text: String) throws {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The document as JSON text, or its problems without this folder's name.
    func document(_ name: String, mode: DefinitionLoader.Mode = .placeholders) async -> String {
        do throws(DefinitionProblems) { return try await loader.document(path(name), mode: mode).text } catch { return short(error) }
    }

    func load(_ name: String, _ options: DefinitionLoader.Options = .init()) async throws -> Definition {
        try await loader.load(path(name), options: options)
    }

    /// What is wrong with a file, a line a problem; empty when nothing is.
    func problems(_ name: String, _ options: DefinitionLoader.Options = .init()) async -> String {
        do throws(DefinitionProblems) {
            _ = try await loader.load(path(name), options: options)
            return ""
        } catch {
            return short(error)
        }
    }

    private func short(_ problems: DefinitionProblems) -> String {
        problems.description.replacingOccurrences(of: directory.path + "/", with: "")
    }
}

/// The smallest definition, with more lines below `scheduler` and below `app`, each indented by two blanks.
func minimal(scheduler: String = "", app: String = "", rest: String = "") -> String {
    let scheduler = scheduler.isEmpty ? "" : scheduler + "\n"
    let app = app.isEmpty ? "" : app + "\n"
    return "scheduler:\n  type: ecs\n  desired_count: 1\n\(scheduler)app:\n  image: web\n  memory: 64\n\(app)\(rest)"
}
