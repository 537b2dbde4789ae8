import ServiceModel

/// The routes that are no endpoints, since other programs set their form.
enum ProgramRoutes {
    /// For the OpenAPI document.
    static let described: [(path: String, operations: JSON)] = [
        (
            "/healthz",
            ["get": operation("healthz", "Ask whether the server runs", security: [], success: ["200": text("text/plain")])]
        ),
        (
            "/metrics",
            [
                "get": operation(
                    "metrics", "Read the server's metrics and the catalog, as Prometheus text", security: readers,
                    success: ["200": text("text/plain")], refusals: [401, 503])
            ]
        ),
        (
            "/api/prometheus/targets",
            [
                "get": operation(
                    "prometheus_targets", "Read what Prometheus is to scrape (http_sd_config)", security: readers,
                    success: [
                        "200": json(Schema.list(Schema.object(["targets": Schema.texts, "labels?": Schema.anything])))
                    ], refusals: [401, 503])
            ]
        ),
        (
            "/api/alertmanager",
            [
                "post": operation(
                    "alertmanager", "Take in alerts: the webhook of Alertmanager, version 4", success: ["200": ["description": "On disk"]],
                    refusals: [400, 401, 413, 503], body: webhook)
            ]
        ),
        (
            "/api/alertmanager/watchdog",
            [
                "post": operation(
                    "alertmanager_watchdog", "Hear that the way of alerts works; the body is not looked at",
                    success: ["200": ["description": "Heard"]],
                    refusals: [401])
            ]
        ),
    ]

    /// What is not in the document, and why.
    static let leftOut: [(path: String, reason: String)] = [
        ("/slack/", "It stands in for Slack while no token is set, in Slack's own form."),
        ("HEAD, OPTIONS", "Every path answers HEAD or OPTIONS with 405 and the methods it takes."),
        ("pages", "HTML, one beside each GET under /api; forms POST to the addresses of their pages."),
    ]

    private static let readers: JSON = [["token": []], ["session": []], [:]]
    private static let webhook: JSON = Schema.object(["alerts": Schema.list(Schema.object(["labels": Schema.anything]))])

    private static func text(_ type: String) -> JSON { ["description": "Success", "content": .object([type: ["schema": Schema.text]])] }
    private static func json(_ schema: JSON) -> JSON { ["description": "Success", "content": ["application/json": ["schema": schema]]] }

    private static func operation(
        _ name: String, _ summary: String, security: JSON = [["token": []]], success: JSON, refusals: [Int] = [], body: JSON? = nil
    ) -> JSON {
        var responses = success
        for code in refusals { responses[String(code)] = OpenAPI.problemResponse(code) }
        var operation: JSON = ["operationId": .string(name), "summary": .string(summary), "security": security, "responses": responses]
        if let body { operation["requestBody"] = ["required": true, "content": ["application/json": ["schema": body]]] }
        return operation
    }
}
