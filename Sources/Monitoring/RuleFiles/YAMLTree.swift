// As in Definitions: libyaml itself, which shows where every key stands and does not read a large file slower than Prometheus does.
import CYaml

/// A YAML document with the place of everything in it.
struct YAMLTree {
    indirect enum Content {
        case scalar(SourceScalar)
        case list([YAMLTree])
        case map([Member])
    }

    struct Member {
        let key: SourceScalar
        let value: YAMLTree
    }

    let content: Content
    let start: SourcePosition
    /// The last line that belongs to it.
    let lastLine: Int

    var scalar: SourceScalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
    var list: [YAMLTree]? { if case .list(let list) = content { list } else { nil } }
    var map: [Member]? { if case .map(let map) = content { map } else { nil } }

    /// Nothing was written: `key:`.
    var isNull: Bool { scalar.map { $0.style == .plain && ["", "~", "null"].contains($0.text) } ?? false }
}

/// A text that is no YAML, and where it stops being so.
struct YAMLSyntaxError: Error {
    let message: String
    let position: SourcePosition
}

/// Reads the first document of a text. The bytes must outlive it.
struct YAMLTreeReader: ~Copyable {
    private static let maximumDepth = 50
    /// Aliases may not blow a small file up to more nodes than this.
    private static let maximumNodes = 2_000_000

    private let source: SourceText
    private let parser: UnsafeMutablePointer<yaml_parser_t>  // libyaml keeps a pointer into its own parser: it must not move
    private var anchors: [String: YAMLTree] = [:]
    private var depth = 0
    private var nodes = 0
    private var hasAliases = false

    /// The document, and whether a part of it refers to another one.
    static func read(_ source: SourceText) throws(YAMLSyntaxError) -> (YAMLTree?, hasAliases: Bool) {
        try source.bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(YAMLSyntaxError) in
                var reader = YAMLTreeReader(source, bytes)
                let tree = try reader.document()
                return (tree, reader.hasAliases)
            }
        }.get()
    }

    private init(_ source: SourceText, _ bytes: UnsafeBufferPointer<UInt8>) {
        self.source = source
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        yaml_parser_initialize(parser)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    private mutating func document() throws(YAMLSyntaxError) -> YAMLTree? {
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            switch event.type {
            case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT: continue
            case YAML_STREAM_END_EVENT, YAML_NO_EVENT, YAML_DOCUMENT_END_EVENT: return nil
            default: return try tree(&event)
            }
        }
    }

    private mutating func tree(_ event: inout yaml_event_t) throws(YAMLSyntaxError) -> YAMLTree {
        depth += 1
        nodes += 1
        defer { depth -= 1 }
        let start = Self.position(event.start_mark)
        guard depth <= Self.maximumDepth, nodes <= Self.maximumNodes else {
            throw YAMLSyntaxError(message: "the document is too large", position: start)
        }
        let tree: YAMLTree
        var anchor: UnsafeMutablePointer<yaml_char_t>?
        switch event.type {
        case YAML_ALIAS_EVENT:
            hasAliases = true
            let name = String(cString: event.data.alias.anchor)
            guard let known = anchors[name] else {
                throw YAMLSyntaxError(message: "the alias *\(name) has no anchor &\(name) before it", position: start)
            }
            return known
        case YAML_SCALAR_EVENT:
            anchor = event.data.scalar.anchor
            tree = YAMLTree(content: .scalar(scalar(event, start)), start: start, lastLine: Self.lastLine(event))
        case YAML_SEQUENCE_START_EVENT:
            anchor = event.data.sequence_start.anchor
            tree = try list(start)
        case YAML_MAPPING_START_EVENT:
            anchor = event.data.mapping_start.anchor
            tree = try map(start)
        default: throw YAMLSyntaxError(message: "unexpected end of the document", position: start)
        }
        if let anchor { anchors[String(cString: anchor)] = tree }
        return tree
    }

    private mutating func list(_ start: SourcePosition) throws(YAMLSyntaxError) -> YAMLTree {
        var elements: [YAMLTree] = []
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            if event.type == YAML_SEQUENCE_END_EVENT {
                return YAMLTree(content: .list(elements), start: start, lastLine: elements.last?.lastLine ?? Self.lastLine(event))
            }
            elements.append(try tree(&event))
        }
    }

    private mutating func map(_ start: SourcePosition) throws(YAMLSyntaxError) -> YAMLTree {
        var members: [YAMLTree.Member] = []
        var merged: Set<String> = []
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            if event.type == YAML_MAPPING_END_EVENT {
                return YAMLTree(content: .map(members), start: start, lastLine: members.last?.value.lastLine ?? Self.lastLine(event))
            }
            let key = try tree(&event)
            guard let name = key.scalar else { throw YAMLSyntaxError(message: "a key must be a text, not a list or a map", position: key.start) }
            var following = try next()
            defer { yaml_event_delete(&following) }
            let value = try tree(&following)
            if name.text == "<<", name.style == .plain, let others = value.map {
                for other in others where !members.contains(where: { $0.key.text == other.key.text }) {
                    members.append(other)
                    merged.insert(other.key.text)
                }
                continue
            }
            // What is written here counts more than what was merged in.
            if merged.remove(name.text) != nil { members.removeAll { $0.key.text == name.text } }
            members.append(.init(key: name, value: value))
        }
    }

    private func scalar(_ event: yaml_event_t, _ start: SourcePosition) -> SourceScalar {
        let data = event.data.scalar
        let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
        let style: SourceScalar.Style =
            switch data.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
            default: .plain
            }
        return SourceScalar(text: text, start: start, style: style, source: source)
    }

    private func next() throws(YAMLSyntaxError) -> yaml_event_t {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
            let failed = parser.pointee
            let what = failed.problem.map { String(cString: $0) } ?? "this is not YAML"
            let context = failed.context.map { " \(String(cString: $0))" } ?? ""
            throw YAMLSyntaxError(message: what + context, position: Self.position(failed.problem_mark))
        }
        return event
    }

    private static func position(_ mark: yaml_mark_t) -> SourcePosition { SourcePosition(line: mark.line + 1, column: mark.column + 1) }

    /// A block's end is the start of the line after it.
    private static func lastLine(_ event: yaml_event_t) -> Int {
        max(event.start_mark.line + 1, event.end_mark.column == 0 ? event.end_mark.line : event.end_mark.line + 1)
    }
}
