import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import Subprocess
import SystemPackage

/// Small images for tests, made from this machine's busybox by Docker's import API: nothing is fetched from a registry.
///
/// They are kept between runs; a change of ``revision`` makes them anew.
public enum TestImage {
    /// Goes up with each change of what the images hold.
    private static let revision = "3"

    /// Whether a Docker daemon is there to test with; says why not on stderr.
    public static func dockerAnswers(socket: String = "/var/run/docker.sock") -> Bool {
        let answers = access(socket, R_OK | W_OK) == 0
        if !answers { FileHandle.standardError.write(Data("skipping tests with Docker: no usable socket at \(socket)\n".utf8)) }
        return answers
    }

    /// The name of an image with busybox and its applets in `/bin`; it runs `sh`.
    public static func busybox() async throws -> String {
        try await make("jubako-test-busybox:1", ["CMD [\"/bin/sh\"]"])
    }

    /// The name of an image that serves its version over HTTP on port `$PORT` (8080), and ends at once, with code 0, on SIGTERM.
    ///
    /// Paths: `/` (the version), `/healthz` (`ok`), `/cgi-bin/slow?SECONDS` (the version, late). Switches by environment:
    /// `START_DELAY` (seconds before it listens), `EXIT_CODE` (ends at once with it), `FAIL_AFTER` and `FAIL_CODE` (ends after so many
    /// seconds), `UNHEALTHY` (`/healthz` is 404), `EAT_MEMORY` (grows without end), `TERM_DELAY`, `TERM_CODE`, `IGNORE_TERM`.
    public static func web(_ version: String) async throws -> String {
        try await make("jubako-test-web:\(version)", ["CMD [\"/bin/web\"]", "ENV VERSION=\(version)", "EXPOSE 8080"])
    }

    private static let web = """
        #!/bin/sh
        [ -n "$EXIT_CODE" ] && { echo "exiting with $EXIT_CODE"; exit "$EXIT_CODE"; }
        if [ -n "$EAT_MEMORY" ]; then x=0123456789abcdef; while :; do x=$x$x; done; fi
        if [ -n "$IGNORE_TERM" ]; then trap "" TERM; else trap 'sleep "${TERM_DELAY:-0}"; exit "${TERM_CODE:-0}"' TERM; fi
        trap 'echo "failing as told" >&2; exit "${FAIL_CODE:-1}"' USR1
        if [ -n "$FAIL_AFTER" ]; then (sleep "$FAIL_AFTER"; kill -USR1 1) & fi
        [ -n "$START_DELAY" ] && sleep "$START_DELAY"
        echo "$VERSION" > /srv/index.html
        [ -z "$UNHEALTHY" ] && echo ok > /srv/healthz
        httpd -f -p "${PORT:-8080}" -h /srv &
        echo "serving version $VERSION"
        while :; do wait; done
        """

    private static let slow = """
        #!/bin/sh
        sleep "${QUERY_STRING:-1}"
        printf 'Content-type: text/plain\\r\\n\\r\\n%s\\n' "$VERSION"
        """

    private static func make(_ name: String, _ changes: [String]) async throws -> String {
        let client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup)
        do {
            try await withFileLock {
                guard try await label(of: name, client) != revision else { return }
                try await withTemporaryDirectory { directory in
                    let tar = try await pack(directory)
                    try await importImage(name, changes + ["LABEL jubako.test.revision=\(revision)"], tar, client)
                }
            }
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
        return name
    }

    /// Tests run side by side, in several processes too, and two imports at once would leave an image without a name behind.
    private static func withFileLock(_ body: () async throws -> Void) async throws {
        let file = try FileDescriptor.open("/tmp/jubako-test-image.lock", .readWrite, options: .create, permissions: .ownerReadWrite)
        defer { try? file.close() }
        while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 { try await Task.sleep(for: .milliseconds(20)) }
        try await body()
    }

    /// A file system with busybox, the libraries it needs, and the web server's scripts, as a tar archive.
    private static func pack(_ directory: URL) async throws -> Data {
        let files = FileManager.default
        let root = directory.appending(path: "root")
        for folder in ["bin", "etc", "tmp", "srv/cgi-bin"] {
            try files.createDirectory(at: root.appending(path: folder), withIntermediateDirectories: true)
        }
        let busybox = try await output("sh", ["-c", "command -v busybox"]).trimmingCharacters(in: .whitespacesAndNewlines)
        let libraries = try await output("ldd", [busybox]).split(whereSeparator: \.isWhitespace).filter { $0.hasPrefix("/") }.map(String.init)
        for file in [busybox] + libraries {
            let target = root.appending(path: file == busybox ? "bin/busybox" : String(file.dropFirst()))
            try files.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(contentsOf: URL(filePath: file)).write(to: target)
            try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: target.path)
        }
        for applet in try await output(busybox, ["--list"]).split(separator: "\n") where applet != "busybox" {
            try files.createSymbolicLink(atPath: root.appending(path: "bin/\(applet)").path, withDestinationPath: "busybox")
        }
        for (path, script) in ["bin/web": web, "srv/cgi-bin/slow": slow] {
            try Data((script + "\n").utf8).write(to: root.appending(path: path))
            try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: root.appending(path: path).path)
        }
        try Data("root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n".utf8).write(to: root.appending(path: "etc/passwd"))
        let archive = directory.appending(path: "root.tar").path
        _ = try await output("tar", ["-c", "-f", archive, "-C", root.path, "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "."])
        return try Data(contentsOf: URL(filePath: archive))
    }

    private static func output(_ program: String, _ arguments: [String]) async throws -> String {
        let executable = program.hasPrefix("/") ? Executable.path(FilePath(program)) : .name(program)
        let result = try await Subprocess.run(
            executable, arguments: Arguments(arguments), output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess else { throw TestImageError("\(program) failed: \(result.standardError)") }
        return result.standardOutput
    }

    private static func label(of image: String, _ client: HTTPClient) async throws -> String? {
        let response = try await client.execute(request(.GET, "/images/\(image)/json"), timeout: .seconds(10))
        let body = try await response.body.collect(upTo: 1 << 20)
        return try JSON(parsing: Array(body.readableBytesView))["Config"]["Labels"]["jubako.test.revision"].string
    }

    private static func importImage(_ name: String, _ changes: [String], _ tar: Data, _ client: HTTPClient) async throws {
        let parts = name.split(separator: ":")
        let unreserved = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        let parameters = changes.map { "&changes=" + ($0.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "") }.joined()
        var request = request(.POST, "/images/create?fromSrc=-&repo=\(parts[0])&tag=\(parts[1])\(parameters)")
        request.headers.add(name: "Content-Type", value: "application/x-tar")
        request.body = .bytes(ByteBuffer(bytes: tar))
        let response = try await client.execute(request, timeout: .seconds(60))
        let answer = String(buffer: try await response.body.collect(upTo: 1 << 20))
        guard response.status == .ok, !answer.contains("\"error\"") else { throw TestImageError("importing \(name) failed: \(answer)") }
    }

    private static func request(_ method: HTTPMethod, _ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "http+unix://%2Fvar%2Frun%2Fdocker.sock/v1.41\(path)")
        request.method = method
        request.headers.add(name: "Host", value: "docker")
        return request
    }
}

private struct TestImageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
