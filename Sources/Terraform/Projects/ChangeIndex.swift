/// Changed files, found by their folder or by what their paths start with.
struct ChangeIndex: Sendable {
    private let sorted: [String]
    private let all: Set<String>
    private let byFolder: [String: [String]]

    init(_ changes: [FileChange]) {
        all = Set(changes.map(\.path))
        // by bytes, as the search below compares
        sorted = all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        byFolder = Dictionary(grouping: sorted) { path in path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "" }
    }

    func contains(_ path: String) -> Bool { all.contains(path) }

    /// The changed files that lie in a folder, not in a folder of it.
    func directly(in folder: String) -> [String] { byFolder[folder] ?? [] }

    /// The changed files below a folder.
    func below(_ folder: String) -> ArraySlice<String> {
        guard !folder.isEmpty else { return sorted[...] }
        let prefix = "\(folder)/"
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].utf8.lexicographicallyPrecedes(prefix.utf8) { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < sorted.count, sorted[end].hasPrefix(prefix) { end += 1 }
        return sorted[low..<end]
    }

    /// The first changed file that a path means: itself, or one below it.
    func first(at path: String) -> String? { contains(path) ? path : below(path).first }
}
