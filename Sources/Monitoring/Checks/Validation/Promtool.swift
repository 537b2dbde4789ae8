import Foundation
import NIOCore
import Subprocess
import SystemPackage

/// Prometheus' own tool, the judge of rule files.
public struct Promtool: Sendable {
    /// Its name on PATH, or its path.
    public var program: String

    public init(program: String = "promtool") { self.program = program }

    struct Output: Sendable {
        let isSuccess: Bool
        let complaints: String
    }

    /// Runs it to its end.
    func run(_ arguments: [String]) async throws(RulesError) -> Output {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        // It allocates a lot and lives shortly: collecting its garbage less often saves a fifth of its time.
        let environment = Environment.inherit.updating(["GOGC": "400"])
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        do {
            let result = try await Subprocess.run(
                executable, arguments: Arguments(arguments), environment: environment, platformOptions: options, input: .none, output: .discarded,
                error: .string(limit: 32 << 20))
            switch result.terminationStatus {
            case .exited(0): return Output(isSuccess: true, complaints: result.standardError)
            case .exited: return Output(isSuccess: false, complaints: result.standardError)
            default: throw RulesError("\(program) ended with \(result.terminationStatus): run it by hand to see why")
            }
        } catch let error as RulesError {
            throw error
        } catch {
            throw RulesError("\(program) could not be run (\(error)): install the package prometheus, or name the program with --promtool")
        }
    }

    /// What `promtool check rules` says of each file; files without a complaint are missing in the answer.
    func check(_ files: [PromtoolFile]) async throws(RulesError) -> [Int: [String]] {
        let batches = Self.batches(files, count: System.coreCount)
        let results = await withTaskGroup(of: Result<[Int: [String]], RulesError>.self) { group in
            for batch in batches {
                group.addTask {
                    do throws(RulesError) { return .success(try await check(batch: batch)) } catch { return .failure(error) }
                }
            }
            var results: [Result<[Int: [String]], RulesError>] = []
            for await result in group { results.append(result) }
            return results
        }
        var complaints: [Int: [String]] = [:]
        for result in results { complaints.merge(try result.get()) { $0 + $1 } }
        return complaints
    }

    private func check(batch: [PromtoolFile]) async throws(RulesError) -> [Int: [String]] {
        let output = try await run(["check", "rules", "--lint=none"] + batch.map(\.path))
        if output.isSuccess { return [:] }
        var complaints: [Int: [String]] = [:]
        var current: Int?
        for line in output.complaints.split(separator: "\n") {
            if let file = batch.first(where: { line.hasPrefix($0.path + ": ") }) {
                current = file.index
                complaints[file.index, default: []].append(String(line.dropFirst(file.path.count + 2)))
            } else if line.hasPrefix("  "), !line.hasSuffix("FAILED:"), let index = current, let last = complaints[index]?.indices.last {
                complaints[index]?[last] += "\n" + line
            }
        }
        guard !complaints.isEmpty else {
            throw RulesError(
                "\(program) failed without naming a file: \(output.complaints.trimmingCharacters(in: .whitespacesAndNewlines).prefix(300))")
        }
        return complaints
    }

    /// As many batches as there are cores, of about the same size, none with too many arguments.
    private static func batches(_ files: [PromtoolFile], count: Int) -> [[PromtoolFile]] {
        var batches = [[PromtoolFile]](repeating: [], count: max(1, min(count, files.count)))
        var sizes = [Int](repeating: 0, count: batches.count)
        for file in files.sorted(by: { $0.size > $1.size }) {
            guard let smallest = sizes.indices.min(by: { sizes[$0] < sizes[$1] }) else { continue }
            batches[smallest].append(file)
            sizes[smallest] += file.size + 512
        }
        return batches.flatMap { batch in
            stride(from: 0, to: batch.count, by: 500).map { Array(batch[$0..<min($0 + 500, batch.count)]) }
        }
    }
}

/// A file for promtool: a rule file, or some groups of one.
struct PromtoolFile: Sendable {
    let path: String
    let size: Int
    /// Of the rule file among all.
    let index: Int
}
