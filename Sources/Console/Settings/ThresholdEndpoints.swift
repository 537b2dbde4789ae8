import Definitions
import HTTPTypes
import Monitoring
import ServiceModel

/// What the generic rules compare an app with, and setting another value for a while.
struct ThresholdEndpoints: Sendable {
    let catalog: LiveCatalog
    let settings: ThresholdSettings
    private let edits = EditQueue()

    init(catalog: LiveCatalog, settings: ThresholdSettings) {
        self.catalog = catalog
        self.settings = settings
    }

    private static let setting = Schema.object([
        "app": Schema.text, "name": Schema.text, "value": Schema.number, "set_by": Schema.text, "reason": Schema.text, "set_at": Schema.time,
        "until?": Schema.time,
    ])
    static let row = Schema.object([
        "name": Schema.text, "value?": Schema.number, "source?": Schema.text, "meaning?": Schema.text,
        "setting?": Schema.optional(setting),
    ])
    private static let returns = Schema.object(["app": Schema.text, "version": Schema.text, "thresholds": Schema.list(row)])

    var endpoints: [Endpoint] {
        [
            .api(.get, "/api/apps/{app}/thresholds", "Read an app's thresholds, and where each comes from", returns: Self.returns) { visit in
                let state = try await state(of: visit.requireApp().name)
                return .show(state, version: state["version"].string)
            }.with { $0.isVersioned = true },
            .action(
                "/apps/{app}/thresholds", api: .put, "/api/apps/{app}/thresholds/{name}", form: "/apps/{app}/settings", "Set a threshold",
                permission: .develop,
                body: [
                    .init(name: "value", about: "The new value", isRequired: true, schema: ["type": "number"]),
                    .init(name: "reason", about: "Why it is another for a while", isRequired: true),
                    .init(name: "until", about: "A day or a time at which the definition decides again"),
                    .init(name: "by", about: "Who, where the caller is a program"),
                ], returns: Self.row
            ) { visit in try await set(visit) }.with { $0.isVersioned = true },
            .action(
                "/apps/{app}/thresholds/remove", api: .delete, "/api/apps/{app}/thresholds/{name}", form: "/apps/{app}/settings",
                "Let the definition decide a threshold", permission: .develop, returns: Self.row
            ) { visit in try await remove(visit) }.with { $0.isVersioned = true },
        ]
    }

    /// What `/api/apps/{app}/thresholds` says.
    func state(of app: String) async throws -> JSON {
        let set = try await settings.settings(of: app)
        let table = ThresholdTable(of: app, in: await catalog.catalog, settings: set)
        return ["app": .string(app), "version": .string(Self.version(set)), "thresholds": .array(table.rows.map(\.json))]
    }

    private static func version(_ settings: [ThresholdSetting]) -> String { Version.of(.array(settings.map(\.json))) }

    /// - Throws: ``ConsoleError`` 412 when what is set is not what the caller saw.
    private func check(_ visit: Visit, _ row: JSON, of app: String) async throws {
        try visit.requireCurrent(
            Self.version(try await settings.settings(of: app)),
            .compact([
                "value": row["value"], "reason": row["setting"]["reason"], "until": row["setting"]["until"], "set_by": row["setting"]["set_by"],
            ]))
    }

    private func set(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let name = try await name(visit)
        return try await edits.exclusively(app) {
            let before = try await row(name, of: app)
            try await check(visit, before, of: app)
            var input = visit.input
            // A form's fields are texts.
            if let text = input["value"].string { input["value"] = Double(text).map(JSON.number) ?? .null }
            if input["until"].string == "" { input["until"] = .null }
            input["by"] = .string(visit.actor)
            do {
                let setting = try ThresholdRequest(input, of: name, for: app).setting
                try await settings.put(setting)
                return .done(
                    try await row(name, of: app), see: "/apps/\(app)/settings?done=threshold_set",
                    change: .init(before: before, after: setting.json, reason: setting.reason, setting: "threshold \(name)"))
            } catch let error as ThresholdRequest.Objection {
                let field = ["value", "reason", "until"].first { error.description.hasPrefix($0) } ?? "value"
                throw ConsoleError.invalid(field, error.description)
            }
        }
    }

    private func remove(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        // Also for a name that jubako.yml has no longer.
        let given = visit.parameters["name"] ?? visit.input["name"].string ?? ""
        return try await edits.exclusively(app) {
            try await check(visit, try await row(given, of: app), of: app)
            guard let before = try await settings.remove(given, of: app) else {
                throw ConsoleError.notFound(
                    "no threshold \(try await name(visit)) was set for \(app): what it is comes from the definition or jubako.yml")
            }
            let row = try await row(given, of: app)
            return .done(
                row, see: "/apps/\(app)/settings?done=threshold_removed",
                change: .init(before: before.json, after: row, setting: "threshold \(given)"))
        }
    }

    private func name(_ visit: Visit) async throws -> String {
        let name = visit.parameters["name"] ?? visit.input["name"].string ?? ""
        let known = await catalog.catalog.organization.thresholds
        guard known[name] != nil else {
            let hint = Naming.nearest(to: name, among: known.keys.sorted()).map { ", did you mean \($0)?" } ?? ""
            throw ConsoleError.notFound("no threshold \(name.prefix(100))\(hint)")
        }
        return name
    }

    private func row(_ name: String, of app: String) async throws -> JSON {
        try await state(of: app)["thresholds"].array.first { $0["name"].string == name } ?? ["name": .string(name)]
    }
}
