import Crypto
import Foundation
import ServiceModel

/// What a plan would do, as one digest: plans with the same digest do the same, whatever their time, commit, and state's serial are.
///
/// An approval lives on where a new plan has the meaning of the approved one. Addresses, actions, values before and after, what is
/// unknown, and outputs take part; what does not change does not.
enum PlanMeaning {
    /// - Parameter plan: what `show -json` says of it.
    static func digest(of plan: JSON) -> String {
        var hash = SHA256()
        let changes = plan["resource_changes"].array.filter { change in
            change["change"]["actions"].strings != ["no-op"] || !change["change"]["importing"].isNull || !change["previous_address"].isNull
        }
        for change in changes.sorted(by: { key($0) < key($1) }) {
            let kept: JSON = .object([
                "address": change["address"], "previous_address": change["previous_address"], "deposed": change["deposed"],
                "provider": change["provider_name"], "actions": change["change"]["actions"], "importing": change["change"]["importing"],
                "before": change["change"]["before"], "after": change["change"]["after"], "after_unknown": change["change"]["after_unknown"],
                "replace_paths": change["change"]["replace_paths"],
            ])
            feed(kept, &hash)
        }
        let outputs = plan["output_changes"].object.filter { $0.value["actions"].strings != ["no-op"] }
        feed(.object(outputs), &hash)
        return SHA.text(hash.finalize())
    }

    /// What somebody changed past Terraform, as far as this plan's refresh saw it. Keys are addresses.
    static func drift(of plan: JSON) -> [String: String] {
        plan["resource_drift"].array.reduce(into: [:]) { drift, change in
            var hash = SHA256()
            feed(change["change"]["after"], &hash)
            feed(change["change"]["actions"], &hash)
            drift[key(change)] = SHA.text(hash.finalize())
        }
    }

    private static func key(_ change: JSON) -> String {
        (change["address"].string ?? "") + (change["deposed"].string.map { " (deposed object \($0))" } ?? "")
    }

    /// Writes a value with its members in order, so that equal values give equal bytes.
    private static func feed(_ value: JSON, _ hash: inout SHA256) {
        switch value {
        case .object(let members):
            hash.update(data: Data("{".utf8))
            for key in members.keys.sorted() {
                hash.update(data: Data(JSON.string(key).bytes))
                feed(members[key] ?? .null, &hash)
            }
            hash.update(data: Data("}".utf8))
        case .array(let elements):
            hash.update(data: Data("[".utf8))
            for element in elements { feed(element, &hash) }
            hash.update(data: Data("]".utf8))
        default:
            hash.update(data: Data(value.bytes))
            hash.update(data: Data(",".utf8))
        }
    }
}
