public import ServiceModel

extension GateDecision {
    /// For the API and the audit log; what is not known is left out.
    public var json: JSON {
        .compact([
            "light": .string(light.rawValue), "allowed": .bool(isAllowed), "sentence": .string(sentence), "quote": quote?.json ?? .null,
            "exception": exception?.json ?? .null, "spent": JSON(spent), "way_out": JSON(wayOut),
        ])
    }
}

extension GateDecision.Exception {
    var json: JSON {
        switch self {
        case .fix(let label): ["kind": "fix", "text": .string("it is labelled \(label)"), "label": .string(label)]
        case .override(let override):
            [
                "kind": "override", "override": .string(override.id),
                "text": .string(
                    "override \(override.id), signed by \(override.signatures.map(\.person).joined(separator: " and ")): \(override.reason)"),
            ]
        case .dryRun: ["kind": "dry_run", "text": "the policy only watches so far (dry_run)"]
        case .unreachable(let reason): ["kind": "unreachable", "text": .string("the policy says to go on when nobody knows: \(reason)")]
        }
    }
}

extension Quote {
    var json: JSON {
        [
            "requests_per_minute": .number(traffic), "share": .number(share), "minutes_to_rollback": .number(minutes),
            "worst_events": .number(worstEvents), "worst_minutes": .number(worstMinutes), "left_minutes": .number(leftMinutes),
            "is_unaffordable": .bool(isUnaffordable), "sentence": .string(sentence),
        ]
    }
}
