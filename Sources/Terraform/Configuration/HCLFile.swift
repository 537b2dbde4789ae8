/// The structure of a Terraform file: its blocks and attributes with their places. What an expression means is not looked into.
struct HCLFile: Sendable {
    let path: String
    let bytes: [UInt8]
    let body: HCLBody
    /// What its expressions read from disk.
    let references: [PathReference]

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Counted from 1.
    func line(of place: Int) -> Int { bytes[..<min(place, bytes.count)].reduce(into: 1) { if $1 == 0x0A { $0 += 1 } } }

    /// The text of an attribute that is a plain string; nil for an expression.
    func literal(_ attribute: HCLAttribute?) -> String? {
        guard let attribute else { return nil }
        var reader = HCLReader(bytes: bytes, at: attribute.value.lowerBound)
        guard let template = try? reader.template(), reader.position == attribute.value.upperBound, !template.isComputed, template.base == nil else {
            return nil
        }
        return template.text
    }
}

struct HCLBody: Sendable {
    var attributes: [HCLAttribute] = []
    var blocks: [HCLBlock] = []

    func attribute(_ name: String) -> HCLAttribute? { attributes.first { $0.name == name } }
    func blocks(_ type: String) -> [HCLBlock] { blocks.filter { $0.type == type } }
}

struct HCLAttribute: Sendable {
    let name: String
    /// Where the name starts.
    let start: Int
    let value: Range<Int>
}

struct HCLBlock: Sendable {
    let type: String
    let labels: [String]
    let start: Int
    /// Between the braces.
    let inside: Range<Int>
    let body: HCLBody
}

/// Something on disk that an expression reads.
struct PathReference: Sendable, Hashable {
    enum Base: Sendable, Hashable { case module, root }

    /// `file`, `templatefile`, …; nil for a string that is a path by its looks.
    let function: String?
    let base: Base?
    /// Nil when the path is computed, so that nobody can say what is read.
    let path: String?
    /// Where the string or the argument starts.
    let start: Int
    /// Counted from 1.
    let line: Int
}
