import Crypto
import Foundation

/// The providers that `init` put into a data folder.
enum ProviderFiles {
    /// By address: version, and SHA-256 over the names and contents of all its files. It blocks.
    ///
    /// The layout is HOST/NAMESPACE/TYPE/VERSION/PLATFORM, whose last folder may be a link into a cache.
    static func found(in data: String) -> [String: String] {
        let top = "\(data)/providers"
        let manager = FileManager.default
        func inside(_ path: String) -> [String] { ((try? manager.contentsOfDirectory(atPath: path)) ?? []).sorted() }
        var found: [String: String] = [:]
        for host in inside(top) {
            for namespace in inside("\(top)/\(host)") {
                for type in inside("\(top)/\(host)/\(namespace)") {
                    let address = "\(host)/\(namespace)/\(type)"
                    for version in inside("\(top)/\(address)") {
                        for platform in inside("\(top)/\(address)/\(version)") {
                            let folder = URL(filePath: "\(top)/\(address)/\(version)/\(platform)").resolvingSymlinksInPath().path()
                            found[address] = "\(version) \(digest(of: folder))"
                        }
                    }
                }
            }
        }
        return found
    }

    private static func digest(of folder: String) -> String {
        var hash = SHA256()
        for name in ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []).sorted() {
            guard let file = FileHandle(forReadingAtPath: "\(folder)/\(name)") else { continue }
            defer { try? file.close() }
            hash.update(data: Data("\(name)\u{0}".utf8))
            // A provider has hundreds of megabytes.
            while let part = try? file.read(upToCount: 4 << 20), !part.isEmpty { hash.update(data: part) }
        }
        return SHA.text(hash.finalize())
    }
}
