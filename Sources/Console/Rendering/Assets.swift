import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// Style sheet, scripts and icon, which are part of the program.
struct Assets: Sendable {
    private struct File: Sendable {
        let bytes: ByteBuffer
        let type: String
        let version: String
    }

    private let files: [String: File]

    init() {
        let contents: [(String, [UInt8], String)] = [
            ("style.css", PackageResources.style_css, "text/css; charset=utf-8"),
            ("app.js", PackageResources.app_js, "text/javascript; charset=utf-8"),
            ("worker.js", PackageResources.worker_js, "text/javascript; charset=utf-8"),
            ("icon.svg", PackageResources.icon_svg, "image/svg+xml"),
        ]
        var files: [String: File] = [:]
        for (name, bytes, type) in contents {
            let digest = SHA256.hash(data: bytes).prefix(6).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            files[name] = File(bytes: ByteBuffer(bytes: bytes), type: type, version: digest)
        }
        self.files = files
    }

    /// Where a file is, by a name that changes with its content.
    func path(_ name: String) -> String { "/assets/\(files[name]?.version ?? "0")/\(name)" }

    var endpoint: Endpoint {
        var endpoint = Endpoint(summary: "Style sheet, scripts, icon", permission: .open) { visit in
            guard let file = files[visit.parameters["name"] ?? ""] else { throw ConsoleError.notFound("no such file") }
            return .response(
                Response(
                    status: .ok,
                    headers: [.contentType: file.type, .cacheControl: "public, max-age=31536000, immutable", .xContentTypeOptions: "nosniff"],
                    body: .init(byteBuffer: file.bytes)))
        }
        endpoint.page = Endpoint.Route(method: .get, path: "/assets/{version}/{name}")
        return endpoint
    }
}
