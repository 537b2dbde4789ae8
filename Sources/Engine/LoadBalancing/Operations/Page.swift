import ServiceModel

/// One page of a described list.
enum Page {
    /// Cuts the page that `input` asks for with `Marker` and `PageSize` out of the rows, which it orders by `key`.
    ///
    /// - Returns: the answer: `name` with the rows as `describe` shows them, and `NextMarker` when there are more.
    static func cut<Row>(
        _ rows: [Row], _ name: String, _ input: JSON, key: (Row) -> String, describe: (Row) -> JSON
    ) throws(EngineError) -> JSON {
        let size = input["PageSize"].int ?? 400
        guard (1...400).contains(size) else {
            throw .validation(
                "1 validation error detected: Value '\(size)' at 'pageSize' failed to satisfy constraint: Member must be between 1 and 400")
        }
        let marker = input["Marker"].string
        let ordered = rows.map { (key: key($0), row: $0) }.sorted { $0.key < $1.key }
        let rest = ordered.filter { row in marker.map { row.key > $0 } ?? true }
        let page = rest.prefix(size)
        let next = page.count < rest.count ? page.last?.key : nil
        return .compact([name: .array(page.map { describe($0.row) }), "NextMarker": JSON(next)])
    }

    /// A number as text that sorts like the number.
    static func sortable(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}

/// Names of load balancers and target groups.
enum ResourceName {
    /// - Parameter kind: how error messages name the resource: "Load balancer".
    static func check(_ name: String, kind: String) throws(EngineError) {
        guard !name.isEmpty else { throw .validation("\(kind) name cannot be empty") }
        guard name.count <= 32 else { throw .validation("\(kind) name '\(name)' cannot be longer than '32' characters") }
        guard name.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }) else {
            throw .validation("\(kind) name '\(name)' can only contain characters that are alphanumeric characters and hyphens(-)")
        }
        guard !name.hasPrefix("-"), !name.hasSuffix("-") else { throw .validation("\(kind) name '\(name)' cannot begin or end with '-'") }
    }
}

extension UInt8 {
    /// An ASCII letter or digit.
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }
}
