/// libjsonnet's message as a problem with a place.
enum JsonnetError {
    /// Functions of the standard library that came after libjsonnet 0.18, with the release that has them.
    static let newerFunctions: [String: String] = [
        "all": "0.19", "any": "0.19", "splitLimitR": "0.19",
        "escapeStringXML": "0.20", "isEmpty": "0.20", "objectKeysValues": "0.20", "objectKeysValuesAll": "0.20", "round": "0.20", "sum": "0.20",
        "xnor": "0.20", "xor": "0.20",
        "atan2": "0.21", "avg": "0.21", "contains": "0.21", "deg2rad": "0.21", "equalsIgnoreCase": "0.21", "flattenDeepArray": "0.21",
        "hypot": "0.21", "isDecimal": "0.21", "isEven": "0.21", "isInteger": "0.21", "isOdd": "0.21", "log10": "0.21", "log2": "0.21",
        "maxArray": "0.21", "minArray": "0.21", "objectRemoveKey": "0.21", "rad2deg": "0.21", "remove": "0.21", "removeAt": "0.21", "sha1": "0.21",
        "sha256": "0.21", "sha3": "0.21", "sha512": "0.21", "trim": "0.21",
    ]

    /// Finds the first place in one of `files` that the message names.
    static func problem(_ text: String, files: [String], entry: String) -> DefinitionProblem {
        var lines = text.split(separator: "\n").map { line in line.drop { $0 == " " || $0 == "\t" } }
        for prefix in ["STATIC ERROR: ", "RUNTIME ERROR: "] where lines.first?.hasPrefix(prefix) == true {
            lines[0] = lines[0].dropFirst(prefix.count)
        }
        var message = lines.first.map(String.init) ?? "the evaluation failed"
        var place = Mark.start(of: entry)
        for (index, line) in lines.enumerated() {
            guard let (mark, rest) = location(line, files) else { continue }
            place = mark
            if index == 0 { message = String(rest.drop { $0 == ":" || $0 == " " }) }
            break
        }
        let field = "field does not exist: "
        if message.hasPrefix(field) {
            let name = String(message.dropFirst(field.count).prefix { $0 != " " })
            if let version = newerFunctions[name] {
                message +=
                    ". std.\(name) came with jsonnet \(version) (also go-jsonnet); libjsonnet here is 0.18, write it out or import it from a file"
            }
        }
        return DefinitionProblem(message, at: place)
    }

    /// Reads `FILE:LINE:COLUMN-…` or `FILE:(LINE:COLUMN)-…` at the start of a line.
    private static func location(_ line: Substring, _ files: [String]) -> (Mark, Substring)? {
        for file in files where line.hasPrefix(file + ":") {
            var rest = line.dropFirst(file.count + 1)
            if rest.first == "(" { rest = rest.dropFirst() }
            let numbers = rest.prefix { $0.isNumber || $0 == ":" }.split(separator: ":").compactMap { Int($0) }
            guard numbers.count >= 2 else { continue }
            let end = rest.drop { $0.isNumber || $0 == ":" || $0 == "-" || $0 == "(" || $0 == ")" }
            return (Mark(file: file, line: numbers[0], column: numbers[1]), end)
        }
        return nil
    }
}
