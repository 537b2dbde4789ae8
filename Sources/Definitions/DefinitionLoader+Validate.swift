import NIOCore
import NIOPosix

/// What a check of many definitions found.
public struct ValidationReport: Sendable {
    /// The files without a problem, in the order of the paths.
    public let valid: [String]
    /// Of all files, in the order of the paths and of their lines.
    public let problems: [DefinitionProblem]
}

extension DefinitionLoader {
    /// Checks definitions: each of `paths` is a file, or a folder whose definitions are all checked. Files of a folder that have neither `app` nor
    /// `scheduler` are no definitions and are skipped.
    public func validate(_ paths: [String]) async -> ValidationReport {
        var problems: [DefinitionProblem] = []
        var files: [(path: String, isNamed: Bool)] = []
        for path in paths {
            do throws(FileError) {
                let found = try DefinitionFiles.all(at: path)
                files += found.map { ($0, $0 == path) }
            } catch {
                problems.append(DefinitionProblem(error.message, at: .start(of: error.path)))
            }
        }
        var seen: Set<String> = []
        let chosen = files.filter { seen.insert($0.path).inserted }
        let results = await check(chosen)
        var valid: [String] = []
        for (file, result) in zip(chosen, results) {
            switch result {
            case .success(let isDefinition): if isDefinition { valid.append(file.path) }
            case .failure(let error): problems += error.problems
            }
        }
        return ValidationReport(valid: valid, problems: problems)
    }

    private struct Checked: Sendable {
        let index: Int
        let result: Result<Bool, DefinitionProblems>
    }

    /// A few at a time, so that the cores are busy and no more than that.
    private func check(_ files: [(path: String, isNamed: Bool)]) async -> [Result<Bool, DefinitionProblems>] {
        await withTaskGroup(of: Checked.self) { group in
            var results = [Result<Bool, DefinitionProblems>](repeating: .success(false), count: files.count)
            for (index, file) in files.enumerated() {
                if index >= 2 * System.coreCount, let done = await group.next() { results[done.index] = done.result }
                group.addTask { Checked(index: index, result: await outcome(of: file.path, isNamed: file.isNamed)) }
            }
            for await done in group { results[done.index] = done.result }
            return results
        }
    }

    private func outcome(of path: String, isNamed: Bool) async -> Result<Bool, DefinitionProblems> {
        do {
            return .success(try await load(path, options: Options(mode: .check), isNamed: isNamed) != nil)
        } catch {
            return .failure(error)
        }
    }
}
