import Foundation
import ServiceModel

/// Replaces what a plan calls sensitive, wherever it stands: at its own place and inside of other texts.
struct SecretMask: Sendable {
    static let mark = "(sensitive)"
    /// A shorter secret would take ordinary words apart; it is masked at its own place only.
    static let shortest = 5

    /// Longest first, so that a secret that holds another goes as a whole.
    private let secrets: [String]

    /// Learns the secrets of a plan.
    ///
    /// - Parameter plan: what `show -json` says of it.
    init(_ plan: JSON) {
        var found: Set<String> = []
        Self.walk(plan) { value in Self.collect(value, into: &found) }
        secrets = found.filter { $0.count >= Self.shortest }.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    /// The plan without its secrets.
    func masked(plan: JSON) -> JSON { covered(Self.walk(plan) { $0 = .string(Self.mark) }) }

    /// Any other value in which one of the secrets may stand.
    func covered(_ value: JSON) -> JSON {
        guard !secrets.isEmpty else { return value }
        switch value {
        case .string(let text): return .string(covered(text))
        case .array(let elements): return .array(elements.map(covered))
        case .object(let members):
            return .object(members.reduce(into: [:]) { $0[covered($1.key)] = covered($1.value) })
        default: return value
        }
    }

    func covered(_ text: String) -> String {
        secrets.reduce(text) { text, secret in text.contains(secret) ? text.replacingOccurrences(of: secret, with: Self.mark) : text }
    }

    private static func collect(_ value: JSON, into found: inout Set<String>) {
        switch value {
        case .string(let text):
            found.insert(text)
            // As it stands inside of a text that is JSON itself.
            let escaped = String(JSON.string(text).text.dropFirst().dropLast())
            if escaped != text { found.insert(escaped) }
        case .integer, .number: found.insert(value.text)
        case .array(let elements): for element in elements { collect(element, into: &found) }
        case .object(let members): for (_, member) in members { collect(member, into: &found) }
        default: break
        }
    }

    /// Visits each value that is marked as sensitive.
    @discardableResult private static func walk(_ plan: JSON, _ visit: (inout JSON) -> Void) -> JSON {
        var plan = plan
        for list in ["resource_changes", "resource_drift", "deferred_changes"] {
            guard case .array(let changes) = plan[list] else { continue }
            plan[list] = .array(
                changes.map { entry in
                    var entry = entry
                    let holder = entry["resource_change"].isNull ? entry : entry["resource_change"]
                    let change = marked(holder["change"], visit)
                    if entry["resource_change"].isNull { entry["change"] = change } else { entry["resource_change"]["change"] = change }
                    return entry
                })
        }
        if case .object(let outputs) = plan["output_changes"] { plan["output_changes"] = .object(outputs.mapValues { marked($0, visit) }) }
        if case .object(let variables) = plan["variables"] {
            let declared = plan["configuration"]["root_module"]["variables"]
            plan["variables"] = .object(
                variables.reduce(into: [:]) { kept, entry in
                    var variable = entry.value
                    if declared[entry.key]["sensitive"].bool == true, !variable["value"].isNull { visit(&variable["value"]) }
                    kept[entry.key] = variable
                })
        }
        for key in ["planned_values", "prior_state"] where !plan[key].isNull {
            var values = key == "prior_state" ? plan[key]["values"] : plan[key]
            if case .object(let outputs) = values["outputs"] {
                values["outputs"] = .object(
                    outputs.mapValues { output in
                        var output = output
                        if output["sensitive"].bool == true, !output["value"].isNull { visit(&output["value"]) }
                        return output
                    })
            }
            values["root_module"] = module(values["root_module"], visit)
            if key == "prior_state" { plan[key]["values"] = values } else { plan[key] = values }
        }
        return plan
    }

    private static func marked(_ change: JSON, _ visit: (inout JSON) -> Void) -> JSON {
        var change = change
        for side in ["before", "after"] { change[side] = apply(change["\(side)_sensitive"], to: change[side], visit) }
        return change
    }

    private static func module(_ module: JSON, _ visit: (inout JSON) -> Void) -> JSON {
        var module = module
        if case .array(let resources) = module["resources"] {
            module["resources"] = .array(
                resources.map { resource in
                    var resource = resource
                    resource["values"] = apply(resource["sensitive_values"], to: resource["values"], visit)
                    return resource
                })
        }
        if case .array(let children) = module["child_modules"] {
            module["child_modules"] = .array(children.map { Self.module($0, visit) })
        }
        return module
    }

    /// - Parameter marks: of the value's own shape, with `true` where it is sensitive.
    private static func apply(_ marks: JSON, to value: JSON, _ visit: (inout JSON) -> Void) -> JSON {
        var value = value
        switch (marks, value) {
        case (.bool(true), _):
            if !value.isNull { visit(&value) }
        case (.object(let marks), .object(let members)):
            value = .object(members.reduce(into: [:]) { $0[$1.key] = apply(marks[$1.key] ?? .null, to: $1.value, visit) })
        case (.array(let marks), .array(let elements)):
            value = .array(elements.enumerated().map { $0 < marks.count ? apply(marks[$0], to: $1, visit) : $1 })
        default: break
        }
        return value
    }
}
