public import ServiceModel

/// One field that two requests say differently.
public struct Difference: Hashable, Sendable {
    /// Where: the model's own keys; an element of an order-free list stands under its name (`containerDefinitions`, `app`, `image`).
    public let path: DocumentPath
    /// The value before; null when there was none.
    public let old: JSON
    /// The value after; null when there is none.
    public let new: JSON

    public init(path: DocumentPath, old: JSON, new: JSON) {
        self.path = path
        self.old = old
        self.new = new
    }
}

/// Compares two values field by field, as the field tables tell: order counts only where it says something.
public struct Comparison: Sendable {
    private let model: ServiceModel
    private let normalForm: NormalForm

    public init(model: ServiceModel = .ecs) {
        self.model = model
        normalForm = NormalForm(model: model)
    }

    /// Where `new` differs from `old`, down to single values. Both are brought to normal form first.
    public func differences(from old: JSON, to new: JSON, as type: String, at path: DocumentPath = []) -> [Difference] {
        var found: [Difference] = []
        compare(normalForm.normal(old, as: type), normalForm.normal(new, as: type), as: type, at: path, into: &found)
        return found
    }

    private func compare(_ old: JSON, _ new: JSON, as type: String, at path: DocumentPath, into found: inout [Difference]) {
        if old == new { return }
        switch model.shape(type) {
        case .structure(let structure):
            for member in structure.members.values {
                let memberPath = path + [.key(member.name)]
                if member.isUnordered, case .list(let element) = model.shape(member.type) {
                    compareUnordered(old[member.name].array, new[member.name].array, element, at: memberPath, into: &found)
                    continue
                }
                let (left, right) = (old[member.name], new[member.name])
                if left == right { continue }
                // The side that left the field out means the default, if the structure is there at all.
                let filler = normalForm.defaultValue(of: member)
                compare(
                    left.isNull && !old.isNull ? filler : left, right.isNull && !new.isNull ? filler : right, as: member.type, at: memberPath,
                    into: &found)
            }
        case .map(let element):
            for key in keys(old.object.keys, new.object.keys) {
                compare(old[key], new[key], as: element, at: path + [.key(key)], into: &found)
            }
        default: found.append(Difference(path: path, old: old, new: new))
        }
    }

    private func compareUnordered(_ old: [JSON], _ new: [JSON], _ element: String, at path: DocumentPath, into found: inout [Difference]) {
        if let key = ElementKey.common(to: old, and: new) {
            let left = JSONObject(uniqueKeysWithValues: old.map { (key.text(of: $0), $0) })
            let right = JSONObject(uniqueKeysWithValues: new.map { (key.text(of: $0), $0) })
            for name in keys(left.keys, right.keys) {
                compare(left[name] ?? .null, right[name] ?? .null, as: element, at: path + [.key(name)], into: &found)
            }
        } else if Self.counts(old) != Self.counts(new) {
            found.append(Difference(path: path, old: old.isEmpty ? .null : .array(old), new: new.isEmpty ? .null : .array(new)))
        }
    }

    private static func counts(_ elements: [JSON]) -> [JSON: Int] {
        elements.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// The keys of both, those of the second in its order first.
    private func keys(_ old: some Sequence<String>, _ new: some Sequence<String>) -> OrderedSet<String> {
        OrderedSet(new).union(old)
    }
}

/// By which members the elements of an order-free list are told apart.
private struct ElementKey {
    let members: [String]

    private static let candidates: [ElementKey] = [
        ["name"], ["key"], ["containerName", "containerPort"], ["containerName"], ["containerPath"], ["sourceContainer"],
        ["containerPort", "protocol"],
        ["containerPortRange", "protocol"], ["hostname"], ["namespace"], ["hostPath"], ["capacityProvider"], ["registryArn"], ["type"],
    ].map(ElementKey.init)

    func text(of element: JSON) -> String {
        members.compactMap { element[$0].scalarText }.joined(separator: "/")
    }

    /// The first members that all elements have and that name each of them once on either side.
    static func common(to old: [JSON], and new: [JSON]) -> ElementKey? {
        candidates.first { key in
            [old, new].allSatisfy { elements in
                elements.allSatisfy { !$0[key.members[0]].isNull } && Set(elements.map(key.text)).count == elements.count
            }
        }
    }
}
