import Synchronization

/// Which member of a structure a definition's key means. Worked out at a structure's first use: a process needs few of them, but those often.
final class MemberNames: Sendable {
    struct Names: Sendable {
        /// By snake_case key.
        let byKey: [String: Structure.Member]
        let required: [(key: String, member: Structure.Member)]
    }

    private let known = Mutex<[String: Names]>([:])

    func of(_ structure: Structure) -> Names {
        known.withLock { known in
            if let names = known[structure.name] { return names }
            let pairs = structure.members.values.map { (key: Naming.snakeCase($0.name), member: $0) }
            let names = Names(
                byKey: Dictionary(pairs.map { ($0.key, $0.member) }, uniquingKeysWith: { first, _ in first }),
                required: pairs.filter(\.member.isRequired))
            known[structure.name] = names
            return names
        }
    }
}
