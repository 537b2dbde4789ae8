import Objectives
import ServiceModel

/// What the pages of objectives answer.
enum ObjectiveSchemas {
    private static let sentence: JSON = ["type": "object", "properties": ["key": Schema.text], "required": ["key"]]

    static let row = Schema.object([
        "app": Schema.text, "team?": Schema.text, "name": Schema.text, "what": Schema.text, "state": Schema.text, "word": Schema.text,
        "target": Schema.text, "achieved": Schema.text, "remaining?": Schema.number, "left?": Schema.text, "left_minutes": Schema.text,
        "allowed_minutes": Schema.text,
        "forecast": sentence, "period": Schema.text, "promise": sentence,
    ])

    /// A standing as the command line prints it, too.
    static let standing = Schema.object([
        "app": Schema.text, "team?": Schema.text, "objective": Schema.text, "description?": Schema.text, "indicator": Schema.text,
        "target_percent": Schema.text, "state": Schema.choice(["unknown", "healthy", "at_risk", "exhausted"]), "window": Schema.text,
        "time_zone": Schema.text,
        "period": Schema.object(["start": Schema.time, "end": Schema.time, "minutes": Schema.integer]), "remaining?": Schema.number,
        "pace?": Schema.number, "events": Schema.anything,
        "minutes": Schema.object(["allowed": Schema.text, "spent": Schema.number, "left": Schema.number]), "slices": Schema.anything,
        "burns": Schema.list(Schema.anything), "forecast": Schema.anything,
        "statement": Schema.list(
            Schema.object([
                "kind": Schema.text, "id?": Schema.text, "title": Schema.text, "link?": Schema.text, "start?": Schema.time,
                "events": Schema.integer, "minutes": Schema.number,
            ])), "cost?": Schema.integer, "currency?": Schema.text, "figures": Schema.anything, "edited_at?": Schema.time,
        "voices": Schema.object(["business": Schema.text, "developers": Schema.texts, "sre": Schema.texts]), "shown?": row,
    ])

    static let list = Schema.object([
        "q": Schema.text, "team": Schema.text, "total": Schema.integer, "page": Schema.integer, "objectives": Schema.list(row),
        "states": Schema.list(Schema.anything), "teams": Schema.texts, "read_at?": Schema.optional(Schema.time),
        "problem?": Schema.optional(Schema.text), "next?": Schema.optional(Schema.text), "previous?": Schema.optional(Schema.text),
    ])

    static let ofApp = Schema.object([
        "app": Schema.text, "objectives": Schema.list(standing), "read_at?": Schema.optional(Schema.time),
        "problem?": Schema.optional(Schema.text),
    ])

    static let correction = Schema.object([
        "id": Schema.text, "start": Schema.time, "end": Schema.time, "reason": Schema.text, "requested_by": Schema.text,
        "approved_by": Schema.text, "at": Schema.time,
    ])

    static let one = Schema.object([
        "app": Schema.text, "name": Schema.text, "objective": standing, "shown": row, "as": Schema.text, "said": Schema.list(sentence),
        "corrections": Schema.list(correction),
        "versions": Schema.list(Schema.object(["at": Schema.time, "digest": Schema.text, "summary": Schema.text])), "definition": Schema.text,
        "zone": Schema.text, "statement": Schema.anything, "chart?": Schema.optional(Schema.anything),
        "burns?": Schema.list(
            Schema.object([
                "severity": Schema.text, "windows": Schema.text, "threshold": Schema.text, "long": Schema.text, "short": Schema.text,
                "verdict": Schema.choice(BurnWindow.Verdict.allCases.map(\.rawValue)), "query": Schema.text,
            ])), "burn_problem?": Schema.text, "queries?": Schema.list(Schema.anything), "read_at?": Schema.optional(Schema.time),
        "problem?": Schema.optional(Schema.text), "done?": Schema.optional(Schema.text),
    ])

    static let report = Schema.object([
        "month": Schema.text, "team": Schema.text, "objectives": Schema.list(standing), "teams": Schema.texts, "previous": Schema.text,
        "next?": Schema.optional(Schema.text), "is_cut": Schema.bool, "sheet?": Schema.text,
    ])
}
