import Foundation

/// One profile: its settings of both shared files, those of the credentials file first.
struct Profile: Sendable, Hashable {
    let name: String
    var settings: [String: String] = [:]
}

/// The two files that AWS's tools share, `~/.aws/config` and `~/.aws/credentials`, or those that the environment names.
struct SharedConfiguration: Sendable {
    private(set) var profiles: [String: Profile] = [:]
    /// `services` sections: section, service, setting.
    private(set) var services: [String: [String: [String: String]]] = [:]
    let files: [String]

    init(environment: [String: String]) throws(AWSError) {
        let home = environment["HOME"] ?? NSHomeDirectory()
        func path(_ variable: String, _ name: String) -> String {
            guard let path = environment[variable], !path.isEmpty else { return "\(home)/.aws/\(name)" }
            return path.hasPrefix("~/") ? home + path.dropFirst() : path
        }
        let configuration = path("AWS_CONFIG_FILE", "config")
        let credentials = path("AWS_SHARED_CREDENTIALS_FILE", "credentials")
        files = [configuration, credentials]
        for (name, section) in try Self.sections(configuration) {
            let words = name.split(separator: " ", maxSplits: 1)
            if name == "default" {
                add(section, to: name)
            } else if words.count == 2, words[0] == "profile" {
                add(section, to: String(words[1]))
            } else if words.count == 2, words[0] == "services" {
                services[String(words[1])] = section.nested
            }
        }
        for (name, section) in try Self.sections(credentials) { add(section, to: name) }
    }

    private mutating func add(_ section: INIFile.Section, to name: String) {
        profiles[name, default: Profile(name: name)].settings.merge(section.settings) { $1 }
    }

    private static func sections(_ path: String) throws(AWSError) -> [String: INIFile.Section] {
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        // Through a handle, since people switch these files off with /dev/null.
        guard let handle = FileHandle(forReadingAtPath: path), let bytes = try? handle.readToEnd() ?? Data(),
            let text = String(data: bytes, encoding: .utf8)
        else {
            throw AWSError(kind: .configuration, message: "the file \(path) cannot be read, check its permissions")
        }
        return try INIFile(text, path: path).sections
    }
}
