import Definitions
import ServiceModel
import Yams

/// A value of a foreign YAML file, read strictly: what is not asked for by name is a problem.
struct ForeignNode {
    let node: Node
    let path: String
    let reader: ForeignReader

    var place: String { path }

    /// Notes keys that are none of `known`.
    func only(_ known: [String]) {
        guard case .mapping(let mapping) = node else {
            reader.problem("\(path.isEmpty ? "the document" : path) must be a map", at: node)
            return
        }
        var seen: Set<String> = []
        for (key, _) in mapping {
            let name = key.string ?? ""
            if !seen.insert(name).inserted { reader.problem("\(name) stands twice", at: key) }
            guard !known.contains(name) else { continue }
            let hint = Naming.nearest(to: name, among: known).map { ", did you mean \($0)?" } ?? ""
            reader.problem("unknown key \(name)\(hint)", at: key)
        }
    }

    subscript(key: String) -> ForeignNode? {
        guard case .mapping(let mapping) = node, let value = mapping[Node(key)], value.null == nil else { return nil }
        return ForeignNode(node: value, path: path.isEmpty ? key : "\(path).\(key)", reader: reader)
    }

    /// A member that has to be there.
    func required(_ key: String) -> ForeignNode? {
        if let value = self[key] { return value }
        reader.problem("\(key) is missing", at: node)
        return nil
    }

    var list: [ForeignNode] {
        guard case .sequence(let sequence) = node else {
            reader.problem("\(path) must be a list", at: node)
            return []
        }
        return sequence.enumerated().map { ForeignNode(node: $1, path: "\(path)[\($0)]", reader: reader) }
    }

    /// The text of a scalar, as it is written.
    var text: String? {
        guard case .scalar(let scalar) = node else {
            reader.problem("\(path) must be a text", at: node)
            return nil
        }
        return scalar.string
    }

    var flag: Bool? {
        guard let bool = node.bool else {
            reader.problem("\(path) must be true or false", at: node)
            return nil
        }
        return bool
    }

    var texts: [String: String] {
        guard case .mapping(let mapping) = node else {
            reader.problem("\(path) must be a map", at: node)
            return [:]
        }
        return Dictionary(mapping.map { ($0.key.string ?? "", $0.value.string ?? "") }, uniquingKeysWith: { first, _ in first })
    }
}

/// Collects what is wrong with a foreign file.
final class ForeignReader {
    let file: String
    private(set) var problems: [ExchangeProblem] = []
    private(set) var notes: [ExchangeProblem] = []

    init(file: String) { self.file = file }

    private static let limit = 1 << 20

    /// The documents of `text`.
    func documents(_ text: String) -> [ForeignNode] {
        guard text.utf8.count <= Self.limit else {
            problems.append(ExchangeProblem(file: file, line: 1, column: 1, message: "the file is larger than 1 MiB"))
            return []
        }
        do {
            let parser = try Yams.Parser(yaml: text)
            var documents: [ForeignNode] = []
            while let node = try parser.nextRoot() {
                if node.null == nil { documents.append(ForeignNode(node: node, path: "", reader: self)) }
            }
            return documents
        } catch {
            var mark = (line: 1, column: 1)
            if let error = error as? YamlError {
                switch error {
                case .scanner(_, _, let place, _), .parser(_, _, let place, _), .composer(_, _, let place, _): mark = (place.line, place.column)
                default: break
                }
            }
            problems.append(ExchangeProblem(file: file, line: mark.line, column: mark.column, message: "this is no YAML: \(error)"))
            return []
        }
    }

    func problem(_ message: String, at node: Node) { problems.append(located(message, node)) }
    func note(_ message: String, at node: Node) { notes.append(located(message, node)) }

    private func located(_ message: String, _ node: Node) -> ExchangeProblem {
        ExchangeProblem(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message)
    }
}
