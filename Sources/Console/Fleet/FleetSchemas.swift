import ServiceModel

/// What the pages of apps answer.
enum FleetSchemas {
    private static let sentence: JSON = ["type": "object", "properties": ["key": Schema.text], "required": ["key"]]
    private static let state = Schema.choice(FleetApp.State.allCases.map(\.rawValue))
    static let health = Schema.object(["state": state, "sentence": sentence])

    private static let app = Schema.object([
        "name": Schema.text, "team?": Schema.text, "environment": Schema.text, "cluster": Schema.text, "health": health, "desired": Schema.integer,
        "running": Schema.integer, "firing": Schema.integer, "revision?": Schema.text, "deployed_at?": Schema.time,
        "budget?": Schema.optional(ObjectiveSchemas.row),
    ])

    static let list = Schema.object([
        "title": Schema.text, "q": Schema.text, "team": Schema.text, "total": Schema.integer, "apps": Schema.list(app), "page": Schema.integer,
        "states": Schema.list(Schema.object(["state": state, "is_chosen": Schema.bool])), "teams": Schema.texts,
        "next?": Schema.optional(Schema.text), "previous?": Schema.optional(Schema.text),
    ])

    static let overview = Schema.object([
        "app": Schema.text, "team?": Schema.optional(Schema.text), "project?": Schema.optional(Schema.text), "file": Schema.text,
        "channel": ChannelEndpoints.returns,
        "alerts": Schema.list(AlertLog.entry), "budget?": Schema.optional(ObjectiveSchemas.row), "health?": health, "state?": app,
        "deployments?": Schema.list(
            Schema.object([
                "id?": Schema.text, "status?": Schema.text, "rollout_state?": Schema.text, "reason?": Schema.text, "revision?": Schema.text,
                "desired?": Schema.integer, "running?": Schema.integer, "pending?": Schema.integer, "failed?": Schema.integer,
                "started_at?": Schema.time, "is_running": Schema.bool,
            ])),
        "events?": Schema.list(Schema.object(["at?": Schema.optional(Schema.time), "message?": Schema.optional(Schema.text)])),
    ])

    static let tasks = Schema.object([
        "app": Schema.text,
        "tasks": Schema.list(
            Schema.object([
                "id?": Schema.text, "state": Schema.text, "status": Schema.text, "health?": Schema.text, "started_at?": Schema.time,
                "stopped_at?": Schema.time, "reason?": Schema.text, "exit_code?": Schema.integer, "revision?": Schema.text,
            ])), "verdict?": Schema.anything, "problem?": Schema.text,
    ])

    static let logs = Schema.object([
        "app": Schema.text, "limit": Schema.integer, "task?": Schema.optional(Schema.text), "container?": Schema.optional(Schema.text),
        "lines": Schema.list(
            Schema.object(["id": Schema.text, "at": Schema.time, "task": Schema.text, "container": Schema.text, "message": Schema.text])),
        "tasks?": Schema.list(Schema.anything), "containers?": Schema.texts, "is_cut?": Schema.bool, "problem?": Schema.text,
    ])

    static let config = Schema.object([
        "app": Schema.text, "file": Schema.text, "sources": Schema.texts, "cluster": Schema.text,
        "containers": Schema.list(
            Schema.object([
                "name?": Schema.text, "image?": Schema.text, "cpu?": Schema.number, "memory?": Schema.number,
                "variables": Schema.list(named), "secrets": Schema.list(named), "ports": Schema.texts,
            ])),
    ])
    private static let named = Schema.object(["name": Schema.text, "source": Schema.text])

    static let charts = Schema.object([
        "app": Schema.text, "range": Schema.text, "ranges": Schema.list(Schema.object(["range": Schema.text, "is_chosen": Schema.bool])),
        "charts?": Schema.list(
            Schema.object([
                "name": Schema.text, "unit": Schema.text,
                "series": Schema.list(Schema.object(["name": Schema.text, "points": Schema.list(Schema.list(Schema.number))])),
            ])), "problem?": Schema.text, "problem_detail?": Schema.text,
    ])
}
