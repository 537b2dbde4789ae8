import AsyncHTTPClient
import Foundation
import NIOCore
import Subprocess
import SystemPackage

/// moto, the widely used mock of AWS, as a child process for the length of a test.
public struct MotoServer: Sendable {
    public let url: String

    /// Where `make test` puts the Python tools that tests use; the machine's own Python is the second choice.
    private static let pythons: [String] = {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
        return [environment["JUBAKO_TEST_PYTHON"], "\(cache)/jubako/tools/test/bin/python3", "python3"].compactMap { $0 }
    }()

    /// Starts moto on a free port, runs `body` once it answers, and stops it.
    ///
    /// - Parameter certificate: a PEM file of certificate and key; with one, moto answers https only.
    public static func run<Result: Sendable>(
        certificate: (certificate: String, key: String)? = nil, _ body: @escaping @Sendable (MotoServer) async throws -> Result
    ) async throws -> Result {
        guard let python = await python() else { throw MotoServerError("no Python with moto, run script/bootstrap") }
        let port = try await PortReservation.free()  // moto itself cannot take port 0
        var arguments = ["-m", "moto.server", "-H", "127.0.0.1", "-p", "\(port)"]
        if let certificate { arguments += ["-s", "-c", certificate.certificate, "-k", certificate.key] }
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))]
        return try await withThrowingTaskGroup(of: Result?.self) { [arguments, options] group in
            group.addTask {
                let result = try await Subprocess.run(
                    executable(python), arguments: Arguments(arguments), platformOptions: options, output: .discarded, error: .discarded)
                guard Task.isCancelled else { throw MotoServerError("moto ended with \(result.terminationStatus)") }
                return nil
            }
            group.addTask {
                try await waitForPort(port)
                return try await body(MotoServer(url: "\(certificate == nil ? "http" : "https")://127.0.0.1:\(port)"))
            }
            defer { group.cancelAll() }
            for try await result in group { if let result { return result } }
            throw MotoServerError("moto ended early")
        }
    }

    private static func python() async -> String? {
        for candidate in pythons {
            let check = try? await Subprocess.run(
                executable(candidate), arguments: ["-c", "import moto.server, flask"], output: .discarded, error: .discarded)
            if check?.terminationStatus.isSuccess == true { return candidate }
        }
        return nil
    }

    private static func executable(_ python: String) -> Executable {
        python.hasPrefix("/") ? .path(FilePath(python)) : .name(python)
    }

    /// Any answer will do, also a refusal of plain HTTP: it means that somebody listens.
    private static func waitForPort(_ port: Int) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            do {
                _ = try await HTTPClient.shared.execute(HTTPClientRequest(url: "http://127.0.0.1:\(port)/moto-api/"), deadline: .now() + .seconds(1))
                return
            } catch let error as IOError where error.errnoCode == ECONNREFUSED {
                try await Task.sleep(for: .milliseconds(100))
            } catch let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout {
                continue  // a refused connection is tried again until the deadline
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                return
            }
        }
        throw MotoServerError("moto did not answer within 60 seconds")
    }
}

private struct MotoServerError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
