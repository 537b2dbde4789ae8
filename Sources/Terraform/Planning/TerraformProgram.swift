import Foundation
import Subprocess
import SystemPackage

/// `terraform`, or `tofu`, as a child process.
public struct TerraformProgram: Sendable {
    /// Its name on PATH, or its path.
    public let program: String

    public init(_ program: String) { self.program = program }

    /// `terraform` or `tofu`.
    var name: String { program.split(separator: "/").last.map(String.init) ?? program }

    struct Output: Sendable {
        let code: Int32
        let output: [UInt8]
        let error: String
    }

    /// Runs a command in a project's folder. When the task is cancelled, Terraform gets the time to give its lock back.
    ///
    /// - Parameter data: where it keeps providers and modules, apart from the project's folder.
    func run(_ arguments: [String], in folder: String, data: String, cache: String?) async throws(TerraformError) -> Output {
        do {
            let result = try await Subprocess.run(
                executable, arguments: Arguments(arguments), environment: environment(data: data, cache: cache),
                workingDirectory: FilePath(folder), platformOptions: options, input: .none, output: .bytes(limit: 1 << 30),
                error: .string(limit: 1 << 20))
            guard case .exited(let code) = result.terminationStatus else {
                throw TerraformError("\(program) \(arguments.first ?? "") was ended by a signal")
            }
            return Output(code: code, output: result.standardOutput, error: result.standardError)
        } catch let error as TerraformError {
            throw error
        } catch {
            throw TerraformError("\(program) could not be run (\(error)): install it, or name it with --program")
        }
    }
    /// Runs a command, and hands on each line of its output as it comes, to the last.
    ///
    /// - Parameter stop: returns when somebody asks to stop: then the program is interrupted, and ends in good order what it has begun.
    /// - Returns: the exit code; nil when a signal ended it.
    func stream(
        _ arguments: [String], in folder: String, data: String, cache: String?, until stop: @escaping @Sendable () async -> Void,
        _ line: @Sendable (String) async throws -> Void
    ) async throws -> Int32? {
        let result = try await Subprocess.run(
            executable, arguments: Arguments(arguments), environment: environment(data: data, cache: cache), workingDirectory: FilePath(folder),
            platformOptions: options, input: .none, output: .sequence, error: .discarded
        ) { execution in
            let process = execution.processIdentifier.value
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await stop()
                    // It is the leader of a group of its own.
                    if !Task.isCancelled { kill(-process, SIGINT) }
                }
                defer { group.cancelAll() }
                for try await text in execution.standardOutput.strings(bufferingPolicy: .maxLineLength(16 << 20)) { try await line(text) }
            }
        }
        guard case .exited(let code) = result.terminationStatus else { return nil }
        return code
    }

    private var executable: Executable { program.contains("/") ? .path(FilePath(program)) : .name(program) }

    /// A group of its own, so that Ctrl-C reaches it through us only.
    private var options: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(30))]
        return options
    }

    private func environment(data: String, cache: String?) -> Environment {
        var environment: [Environment.Key: String?] = [
            "TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1", "TF_DATA_DIR": data,
            // what the caller exports must not change what is planned, nor write values into a log
            "TF_LOG": nil, "TF_CLI_ARGS": nil, "TF_CLI_ARGS_plan": nil, "TF_CLI_ARGS_init": nil, "TF_CLI_ARGS_apply": nil, "TF_WORKSPACE": nil,
        ]
        if let cache { environment["TF_PLUGIN_CACHE_DIR"] = cache }
        return .inherit.updating(environment)
    }
}
