import Foundation
import NIOCore
import NIOPosix

/// Where a catalog comes from: `jubako.yml`, and definitions in folders or files.
public struct CatalogSource: Sendable {
    /// Nil when there is none.
    public let organizationFile: String?
    /// Files, and folders with definitions.
    public let paths: [String]
    private let loader: DefinitionLoader

    public init(organizationFile: String?, paths: [String], loader: DefinitionLoader) {
        self.organizationFile = organizationFile
        self.paths = paths
        self.loader = loader
    }

    /// The definitions repository at `root`: its `jubako.yml` and the folder `apps` beside it.
    public init(repository root: String, loader: DefinitionLoader) {
        self.init(organizationFile: SourceFile.join(root, "jubako.yml"), paths: [SourceFile.join(root, "apps")], loader: loader)
    }

    /// Reads what has changed since `previous`: files whose sources are as they were are not opened again. No provider of secrets is read.
    ///
    /// A file that cannot be read keeps what it had in `previous`, and what is wrong with it is in the catalog's problems.
    public func load(after previous: Catalog? = nil) async -> Catalog {
        var problems: [DefinitionProblem] = []
        let shared = loadOrganization(after: previous)
        problems += shared.problems
        var files: [(path: String, isNamed: Bool)] = []
        var unreadable: [String] = []
        for path in paths {
            do throws(FileError) {
                let found = try DefinitionFiles.all(at: path)
                files += found.map { ($0, $0 == path) }
            } catch {
                problems.append(DefinitionProblem(error.message, at: .start(of: error.path)))
                unreadable.append(path)
            }
        }
        // other thresholds are known now: what was refused or accepted by the old ones is read again
        let isStale = previous.map { Set($0.organization.thresholds.keys) != Set(shared.organization.thresholds.keys) } ?? true
        var loaded = await load(files, after: isStale ? nil : previous, keeping: previous, thresholds: Set(shared.organization.thresholds.keys))
        // a folder that cannot be listed for a moment has not lost its apps
        for (path, file) in previous?.files ?? [:] where loaded[path] == nil {
            if unreadable.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) { loaded[path] = file }
        }
        return Catalog(files: loaded, organization: shared.organization, organizationStamps: shared.stamps, problems: problems)
    }

    private struct Shared {
        let organization: Organization
        let stamps: [FileStamp]
        let problems: [DefinitionProblem]
    }

    private func loadOrganization(after previous: Catalog?) -> Shared {
        guard let organizationFile else { return Shared(organization: Organization(), stamps: [], problems: []) }
        let stamps = [FileStamp(organizationFile)]
        if let previous, previous.organizationStamps == stamps { return Shared(organization: previous.organization, stamps: stamps, problems: []) }
        do throws(DefinitionProblems) {
            return Shared(organization: try Organization.load(organizationFile), stamps: stamps, problems: [])
        } catch {
            return Shared(organization: previous?.organization ?? Organization(), stamps: [], problems: error.problems)
        }
    }

    private struct Result: Sendable {
        let path: String
        let file: LoadedFile
    }

    /// A few at a time, so that the cores are busy and no more than that.
    private func load(
        _ files: [(path: String, isNamed: Bool)], after known: Catalog?, keeping previous: Catalog?, thresholds: Set<String>
    ) async -> [String: LoadedFile] {
        var loaded: [String: LoadedFile] = [:]
        var changed: [(path: String, isNamed: Bool)] = []
        for file in files {
            if let kept = known?.files[file.path], kept.isCurrent { loaded[file.path] = kept } else { changed.append(file) }
        }
        return await withTaskGroup(of: Result.self) { group in
            for (index, file) in changed.enumerated() {
                if index >= 2 * System.coreCount, let done = await group.next() { loaded[done.path] = done.file }
                group.addTask {
                    Result(path: file.path, file: await load(file.path, isNamed: file.isNamed, previous?.files[file.path], thresholds))
                }
            }
            for await done in group { loaded[done.path] = done.file }
            return loaded
        }
    }

    private func load(_ path: String, isNamed: Bool, _ previous: LoadedFile?, _ thresholds: Set<String>) async -> LoadedFile {
        let before = FileStamp(path)  // taken first: a change while the file is read is seen at the next reload
        do throws(DefinitionProblems) {
            let definition = try await loader.load(path, options: .init(mode: .placeholders, thresholds: thresholds), isNamed: isNamed)
            let others = definition?.sources.filter { $0 != path } ?? []
            return LoadedFile(definition: definition, problems: [], stamps: [before] + others.map { FileStamp($0) })
        } catch {
            // without stamps, so it is tried again at the next reload: what is wrong may be in a file that it includes
            return LoadedFile(definition: previous?.definition, problems: error.problems, stamps: [])
        }
    }
}

extension LoadedFile {
    fileprivate var isCurrent: Bool { !stamps.isEmpty && stamps.allSatisfy { $0 == FileStamp($0.path) } }
}
