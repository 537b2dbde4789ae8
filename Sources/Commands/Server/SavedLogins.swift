import Deployments
import Foundation
import ServiceModel
import SystemPackage

/// The tokens that `jubako login` keeps, by server, in a file that only its owner reads.
struct SavedLogins: Sendable {
    struct Login: Sendable, Hashable {
        let token: String
        /// The token's, by which it is revoked.
        let id: String
        /// Who is signed in.
        let name: String
    }

    let path: String
    private var servers: [String: Login] = [:]
    /// The server of the last login.
    private(set) var standard: String?

    /// What is in `jubako/credentials.json` of the user's folder for settings. A file that is not there, or no JSON, has no logins.
    init(environment: [String: String]) {
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(environment["HOME"] ?? "/tmp")/.config"
        path = "\(base)/jubako/credentials.json"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), let json = try? JSON(parsing: text) else { return }
        for (url, login) in json["servers"].object {
            guard let token = login["token"].string else { continue }
            servers[url] = Login(token: token, id: login["id"].string ?? "", name: login["name"].string ?? "")
        }
        standard = json["default"].string.flatMap { servers[$0] == nil ? nil : $0 } ?? servers.keys.min()
    }

    subscript(url: String) -> Login? { servers[url] }

    /// Keeps a login, and makes its server the one that is meant without a name.
    mutating func keep(_ login: Login, for url: String) throws {
        servers[url] = login
        standard = url
        try write()
    }

    mutating func remove(_ url: String) throws {
        servers[url] = nil
        if standard == url { standard = servers.keys.min() }
        try write()
    }

    /// Takes the place of the file in one step: nobody reads half of it.
    private func write() throws {
        var json: JSON = ["default": JSON(standard), "servers": [:]]
        for (url, login) in servers.sorted(by: { $0.key < $1.key }) {
            json["servers"][url] = ["token": .string(login.token), "id": .string(login.id), "name": .string(login.name)]
        }
        let folder = (path as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        let file = try FileDescriptor.open(FilePath(draft), .writeOnly, options: [.create, .truncate], permissions: [.ownerRead, .ownerWrite])
        try file.closeAfter { _ = try file.writeAll((json.prettyText + "\n").utf8) }
        guard rename(draft, path) == 0 else { throw DeployError("cannot write \(path): \(String(cString: strerror(errno)))") }
    }
}
