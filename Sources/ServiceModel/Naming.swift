/// How the names of AWS fields read in a definition.
public enum Naming {
    /// The snake_case form of an AWS field, by the rule of the AWS SDK for Ruby, so that hako's definitions keep their keys:
    /// `entryPoint` is `entry_point`, `enableECSManagedTags` is `enable_ecs_managed_tags`, `sizeInGiB` is `size_in_gi_b`.
    public static func snakeCase(_ name: String) -> String {
        let bytes = Array(name.utf8)
        func isUpper(_ index: Int) -> Bool { bytes.indices.contains(index) && bytes[index] >= UInt8(ascii: "A") && bytes[index] <= UInt8(ascii: "Z") }
        func isLower(_ index: Int) -> Bool { bytes.indices.contains(index) && bytes[index] >= UInt8(ascii: "a") && bytes[index] <= UInt8(ascii: "z") }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 8)
        for index in bytes.indices {
            let startsWord = isUpper(index) && index > 0 && (!isUpper(index - 1) || isLower(index + 1))
            if startsWord, result.last != UInt8(ascii: "_") { result.append(UInt8(ascii: "_")) }
            result.append(isUpper(index) ? bytes[index] + 32 : bytes[index])
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The known name that a mistyped one most likely means, if any is near enough.
    public static func nearest(to name: String, among known: some Sequence<String>) -> String? {
        let limit = max(1, min(3, name.count / 3))
        let ranked = known.map { ($0, distance(name.lowercased(), $0.lowercased())) }.filter { $0.1 <= limit }
        return ranked.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }

    /// The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other
    /// (optimal string alignment).
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var rows = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for index in 0...left.count { rows[index][0] = index }
        for index in 0...right.count { rows[0][index] = index }
        for row in 1...left.count {
            for column in 1...right.count {
                let replaced = rows[row - 1][column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                var best = min(rows[row - 1][column] + 1, rows[row][column - 1] + 1, replaced)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, rows[row - 2][column - 2] + 1)
                }
                rows[row][column] = best
            }
        }
        return rows[left.count][right.count]
    }
}
