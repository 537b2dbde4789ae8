import ServiceModel

/// Reads YAML files into nodes: `!include`, anchors and the order-sensitive `<<` of hako's definitions.
///
/// Mistakes that leave the rest readable are collected in ``problems``; a text that is no YAML ends the reading.
struct YAMLReader {
    /// Aliases and includes may not blow a small file up to more nodes than this.
    static let maximumNodes = 50_000
    static let maximumDepth = 100

    private(set) var problems: [DefinitionProblem] = []
    /// Nothing was left out: in spite of ``problems`` the rest can be checked.
    private(set) var isComplete = true
    /// The files that were read, the entry first.
    private(set) var files: [String] = []
    private var nodes = 0
    private var depth = 0
    /// The files being read, the including one before the included one.
    private var open: [(path: String, canonical: String)] = []

    /// Reads the file at `path`.
    ///
    /// - Throws: ``DefinitionProblem`` when it cannot be read at all.
    mutating func read(_ path: String) throws(DefinitionProblem) -> SourceNode {
        let bytes: [UInt8]
        do { bytes = try SourceFile.read(path) } catch { throw DefinitionProblem("cannot read the file: \(error.message)", at: .start(of: path)) }
        return try read(bytes, of: path)
    }

    /// Reads `bytes` as the content of the file at `path`.
    mutating func read(_ bytes: [UInt8], of path: String) throws(DefinitionProblem) -> SourceNode {
        if !files.contains(path) { files.append(path) }
        open.append((path, SourceFile.canonical(path)))
        defer { open.removeLast() }
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(DefinitionProblem) in
                var document = YAMLDocument(events: YAMLEvents(buffer, file: path))
                return try self.root(&document, of: path)
            }
        }
        return try result.get()
    }

    private mutating func root(_ document: inout YAMLDocument, of path: String) throws(DefinitionProblem) -> SourceNode {
        guard case .documentStart = try document.events.next().kind else {
            throw DefinitionProblem("the file is empty", at: .start(of: path))
        }
        let first = try document.events.next()
        if case .scalar("", isPlain: true) = first.kind { throw DefinitionProblem("the file is empty", at: .start(of: path)) }
        let root = try node(first, in: &document)
        _ = try document.events.next()  // the document's end
        let after = try document.events.next()
        if case .documentStart = after.kind {
            throw DefinitionProblem("a second YAML document starts here: a definition is one document", at: after.mark)
        }
        return root
    }

    private mutating func node(_ event: YAMLEvent, in document: inout YAMLDocument) throws(DefinitionProblem) -> SourceNode {
        let before = nodes
        nodes += 1
        guard nodes <= Self.maximumNodes else { throw tooMany(at: event.mark) }
        if case .alias(let name) = event.kind { return try alias(name, at: event.mark, in: document) }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw DefinitionProblem("nested deeper than \(Self.maximumDepth) levels", at: event.mark) }
        let node: SourceNode
        switch event.kind {
        case .scalar(let text, let isPlain): node = scalar(text, isPlain: isPlain, event)
        case .listStart: node = try list(event, in: &document)
        default: node = try map(event, in: &document)
        }
        if let anchor = event.anchor { document.anchors[anchor] = (node, nodes - before) }
        return node
    }

    private mutating func alias(_ name: String, at mark: Mark, in document: borrowing YAMLDocument) throws(DefinitionProblem) -> SourceNode {
        guard let (node, size) = document.anchors[name] else {
            throw DefinitionProblem("the alias *\(name) has no anchor &\(name) before it", at: mark)
        }
        nodes += size
        guard nodes <= Self.maximumNodes else { throw tooMany(at: mark) }
        return node
    }

    private func tooMany(at mark: Mark) -> DefinitionProblem {
        DefinitionProblem("aliases and includes make this document larger than \(Self.maximumNodes) values", at: mark)
    }

    private mutating func list(_ start: YAMLEvent, in document: inout YAMLDocument) throws(DefinitionProblem) -> SourceNode {
        refuseTag(start, except: "tag:yaml.org,2002:seq")
        var elements: [SourceNode] = []
        while true {
            let event = try document.events.next()
            if case .listEnd = event.kind { return SourceNode(content: .list(elements), mark: start.mark) }
            elements.append(try node(event, in: &document))
        }
    }

    private mutating func map(_ start: YAMLEvent, in document: inout YAMLDocument) throws(DefinitionProblem) -> SourceNode {
        refuseTag(start, except: "tag:yaml.org,2002:map")
        var builder = YAMLMap()
        while true {
            let key = try document.events.next()
            if case .mapEnd = key.kind { return SourceNode(content: .map(builder.finished()), mark: start.mark) }
            let name = try self.key(key, in: document)
            let event = try document.events.next()
            let value = try node(event, in: &document)
            let isMerge = name == "<<" && key.tag != "tag:yaml.org,2002:str"
            if isMerge, builder.merge(value, from: event.kind, at: key.mark) { continue }
            if let first = builder.set(name, value, at: key.mark, isWritten: !isMerge) {
                problems.append(DefinitionProblem("duplicate key \(name), first written in line \(first.line)", at: key.mark))
            }
        }
    }

    /// A key is the text that is written, not what a value of that spelling would mean: `on`, `80`.
    private func key(_ event: YAMLEvent, in document: borrowing YAMLDocument) throws(DefinitionProblem) -> String {
        switch event.kind {
        case .scalar(let text, _): return text
        case .alias(let name):
            if case .scalar(_, let text)? = document.anchors[name]?.node.content { return text }
        default: break
        }
        throw DefinitionProblem("a key must be a text, not a list or a map", at: event.mark)
    }

    private mutating func scalar(_ text: String, isPlain: Bool, _ event: YAMLEvent) -> SourceNode {
        func node(_ value: JSON) -> SourceNode { SourceNode(content: .scalar(value, spelling: text), mark: event.mark) }
        switch event.tag {
        case nil where !isPlain, "!", "tag:yaml.org,2002:str": return node(.string(text))
        case "!include": return include(text, at: event.mark)
        case nil, "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
            if let value = YAMLScalar.value(text) { return node(value) }
            refuse("\(text) is no number that can be sent: write '\(text)' for the text", at: event.mark)
        default: refuseTag(event, except: nil)
        }
        return node(.null)
    }

    /// Only plain data: a tag that would make some object of a value is refused.
    private mutating func refuseTag(_ event: YAMLEvent, except allowed: String?) {
        guard let tag = event.tag, tag != allowed, tag != "!" else { return }
        let shown = tag.hasPrefix("tag:yaml.org,2002:") ? "!!" + tag.dropFirst(18) : tag
        let message =
            tag == "!include"
            ? "!include takes the path of one file" : "unknown tag \(shown): a definition is plain data, and !include is its only tag"
        refuse(message, at: event.mark)
    }

    private mutating func refuse(_ message: String, at mark: Mark) {
        problems.append(DefinitionProblem(message, at: mark))
        isComplete = false
    }

    private mutating func include(_ path: String, at mark: Mark) -> SourceNode {
        let nothing = SourceNode(content: .scalar(.null, spelling: ""), mark: mark)
        let target = SourceFile.join(SourceFile.directory(of: open.last?.path ?? "."), path)
        let canonical = SourceFile.canonical(target)
        if let first = open.firstIndex(where: { $0.canonical == canonical }) {
            let circle = (open[first...].map(\.path) + [target]).joined(separator: " includes ")
            refuse("include cycle: \(circle)", at: mark)
            return nothing
        }
        let bytes: [UInt8]
        do { bytes = try SourceFile.read(target) } catch {
            refuse("cannot include \(path): \(error)", at: mark)
            return nothing
        }
        do { return try read(bytes, of: target) } catch {
            problems.append(error)
            isComplete = false
            return nothing
        }
    }
}

/// One file while it is being read.
private struct YAMLDocument: ~Copyable {
    let events: YAMLEvents
    var anchors: [String: (node: SourceNode, size: Int)] = [:]
}
