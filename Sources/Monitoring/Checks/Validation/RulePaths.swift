import Foundation

/// The rule files and the rule tests that a folder holds.
public enum RulePaths {
    public enum Kind: Sendable { case rules, tests }

    /// The files at each of `paths`, sorted: itself when it is one, else all YAML files of the folder and those below. Files named `*_test.yml` and all
    /// files of folders named `tests` are tests, the others are rules. Hidden files are left out.
    ///
    /// - Throws: ``RulesError`` when a path does not exist.
    public static func files(_ kind: Kind, at paths: [String]) throws(RulesError) -> [String] {
        var result: [String] = []
        for path in paths {
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
                throw RulesError("\(path): no such file or folder: name the rule files to check")
            }
            result += isDirectory.boolValue ? files(kind, in: path, isBelowTests: (path as NSString).lastPathComponent == "tests") : [path]
        }
        var seen: Set<String> = []
        return result.filter { seen.insert($0).inserted }
    }

    private static func files(_ kind: Kind, in folder: String, isBelowTests: Bool) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var result: [String] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
                let isTest = isBelowTests || name.hasSuffix("_test.yml") || name.hasSuffix("_test.yaml")
                if isTest == (kind == .tests) { result.append(path) }
            } else if (try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType) == .typeDirectory {
                result += files(kind, in: path, isBelowTests: isBelowTests || name == "tests")
            }
        }
        return result
    }

    static func read(_ path: String) throws(RulesError) -> [UInt8] {
        do { return Array(try Data(contentsOf: URL(filePath: path))) } catch {
            throw RulesError("\(path): cannot be read: check that it is a file and its rights")
        }
    }
}
