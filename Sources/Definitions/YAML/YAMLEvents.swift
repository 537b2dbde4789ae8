// Yams carries libyaml as a module of its own. Its composer does not show where a map's keys stand and refuses two `<<` in one map, which
// definitions use; so the events are read from libyaml itself, which is also the parser that hako's Ruby uses.
import CYaml

/// What libyaml finds in a text, one after the other.
struct YAMLEvent {
    enum Kind {
        case documentStart, documentEnd, streamEnd
        case alias(String)
        case scalar(String, isPlain: Bool)
        case listStart, listEnd, mapStart, mapEnd
    }

    let kind: Kind
    let tag: String?
    let anchor: String?
    let mark: Mark
}

/// Reads events. The bytes must outlive it.
struct YAMLEvents: ~Copyable {
    private let file: String
    private let bytes: UnsafeBufferPointer<UInt8>
    private let parser: UnsafeMutablePointer<yaml_parser_t>  // libyaml keeps a pointer into its own parser: it must not move

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
        self.file = file
        self.bytes = bytes
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        yaml_parser_initialize(parser)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    func next() throws(DefinitionProblem) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { yaml_event_delete(&event) }
        let mark = Mark(file: file, line: event.start_mark.line + 1, column: event.start_mark.column + 1)
        switch event.type {
        case YAML_STREAM_START_EVENT: return try next()
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return YAMLEvent(kind: .streamEnd, tag: nil, anchor: nil, mark: mark)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, tag: nil, anchor: nil, mark: mark)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, tag: nil, anchor: nil, mark: mark)
        case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias(Self.text(event.data.alias.anchor) ?? ""), tag: nil, anchor: nil, mark: mark)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return YAMLEvent(
                kind: .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), tag: Self.text(scalar.tag), anchor: Self.text(scalar.anchor),
                mark: mark)
        case YAML_SEQUENCE_START_EVENT:
            return YAMLEvent(
                kind: .listStart, tag: Self.text(event.data.sequence_start.tag), anchor: Self.text(event.data.sequence_start.anchor), mark: mark)
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .listEnd, tag: nil, anchor: nil, mark: mark)
        case YAML_MAPPING_START_EVENT:
            return YAMLEvent(
                kind: .mapStart, tag: Self.text(event.data.mapping_start.tag), anchor: Self.text(event.data.mapping_start.anchor), mark: mark)
        default: return YAMLEvent(kind: .mapEnd, tag: nil, anchor: nil, mark: mark)
        }
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func problem() -> DefinitionProblem {
        let failed = parser.pointee
        let what = failed.problem.map { String(cString: $0) } ?? "this is not YAML"
        let context = failed.context.map { " \(String(cString: $0))" } ?? ""
        if failed.error == YAML_READER_ERROR {  // libyaml has no line for a bad byte, only its offset
            let before = bytes.prefix(failed.problem_offset)
            let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let line = before.reduce(into: 1) { if $1 == UInt8(ascii: "\n") { $0 += 1 } }
            let column = before[lineStart...].reduce(into: 1) { if $1 & 0xC0 != 0x80 { $0 += 1 } }
            return DefinitionProblem(what, at: Mark(file: file, line: line, column: column))
        }
        let place = failed.problem_mark
        return DefinitionProblem(what + context, at: Mark(file: file, line: place.line + 1, column: place.column + 1))
    }
}
