import ServiceModel
import Terraform

/// What the endpoints of plans answer, as JSON Schema.
enum PlanSchemas {
    static let approval = Schema.object(["person": Schema.text, "subject?": Schema.text, "at": Schema.time, "from?": Schema.integer])
    static let holder = Schema.object(["person": Schema.text, "since": Schema.time, "heard": Schema.time])
    static let state = Schema.choice(ProposedPlan.State.allCases.map(\.rawValue))

    static let plan = Schema.object([
        "id": Schema.integer, "project": Schema.text, "state": state, "reason?": Schema.text, "digest": Schema.text, "uploaded_by": Schema.text,
        "uploaded_at": Schema.time, "needed": Schema.integer, "loses_data": Schema.bool, "over_limit?": Schema.bool, "violations": Schema.integer,
        "summary": Schema.anything,
        "check": Schema.anything, "facts": Schema.anything, "approvals": Schema.list(approval), "holder?": holder, "ended_at?": Schema.time,
        "report?": Schema.anything, "journal?": Schema.list(Schema.anything), "apps?": Schema.list(Schema.anything),
        "others?": Schema.list(Schema.anything), "queue?": Schema.list(Schema.anything),
    ])

    static let row = Schema.object([
        "id": Schema.integer, "project": Schema.text, "state": state, "reason?": Schema.text, "digest": Schema.text, "uploaded_by": Schema.text,
        "uploaded_at": Schema.time, "needed": Schema.integer, "loses_data": Schema.bool, "violations": Schema.integer, "totals": Schema.anything,
        "authors": Schema.texts, "pull_request?": Schema.text, "approvals": Schema.list(approval), "holder?": holder, "ended_at?": Schema.time,
        "light?": Schema.text, "change?": Schema.texts,
    ])
}
