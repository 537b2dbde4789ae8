import Foundation
import ServiceModel

/// The SREs' generic rules: the Prometheus rule files in `rules/` of the definitions repository.
public struct RuleLibrary: Sendable, Hashable {
    public struct File: Sendable, Hashable {
        /// As found.
        public let path: String
        /// Without the folder and `.yml`.
        public let name: String
        public let text: String

        public init(path: String, name: String, text: String) {
            self.path = path
            self.name = name
            self.text = text
        }
    }

    public let files: [File]

    public init(files: [File]) { self.files = files }

    /// Reads all `*.yml` in `folder`, not those below it: `tests/` holds the rules' tests. A folder that is not there has no rules.
    public init(folder: String) throws {
        guard FileManager.default.fileExists(atPath: folder) else {
            self.init(files: [])
            return
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yml") && !$0.hasPrefix(".") }
        self.init(
            files: try names.sorted().map { name in
                let path = "\(folder)/\(name)"
                return File(path: path, name: String(name.dropLast(4)), text: try String(contentsOfFile: path, encoding: .utf8))
            })
    }

    /// Where rules point to their runbooks: a path from the root of the repository, which ``text(of:runbooks:)`` makes an address.
    public static let runbookFolder = "docs/runbooks/"

    /// The names of the rules that can be switched off: what stands at `alert:`, in the order of the files.
    public var alerts: [String] {
        files.flatMap { file in
            file.text.split(separator: "\n").compactMap { line -> String? in
                guard let match = line.wholeMatch(of: /\s*(?:-\s+)?alert:\s*["']?([A-Za-z0-9_]+)["']?\s*(?:#.*)?/) else { return nil }
                return String(match.1)
            }
        }
    }

    /// A file's text as Prometheus gets it, line by line that of the file; runbooks are addresses below `base`, if there is one.
    public static func text(of file: File, runbooks base: String?) -> String {
        guard let base else { return file.text }
        let address = base.hasSuffix("/") ? base : base + "/"
        return file.text.replacing("runbook_url: \(runbookFolder)", with: "runbook_url: \(address)")
    }
}
