import Definitions
import HTTPTypes
import Monitoring
import ServiceModel

/// What the generic rules compare an app with, and setting another value for a while.
struct ThresholdEndpoints: Sendable {
    let catalog: LiveCatalog
    let settings: ThresholdSettings

    var endpoints: [Endpoint] {
        [
            .api(.get, "/api/apps/{app}/thresholds", "Read an app's thresholds, and where each comes from") { visit in
                .show(try await state(of: visit.requireApp().name))
            },
            .action(
                "/apps/{app}/thresholds", api: .put, "/api/apps/{app}/thresholds/{name}", form: "/apps/{app}/settings", "Set a threshold",
                permission: .develop,
                body: [
                    .init(name: "value", about: "The new value", isRequired: true, schema: ["type": "number"]),
                    .init(name: "reason", about: "Why it is another for a while", isRequired: true),
                    .init(name: "until", about: "A day or a time at which the definition decides again"),
                    .init(name: "by", about: "Who, where the caller is a program"),
                ]
            ) { visit in try await set(visit) },
            .action(
                "/apps/{app}/thresholds/remove", api: .delete, "/api/apps/{app}/thresholds/{name}", form: "/apps/{app}/settings",
                "Let the definition decide a threshold", permission: .develop
            ) { visit in try await remove(visit) },
        ]
    }

    /// What `/api/apps/{app}/thresholds` says.
    func state(of app: String) async throws -> JSON {
        let table = ThresholdTable(of: app, in: await catalog.catalog, settings: try await settings.settings(of: app))
        return ["app": .string(app), "thresholds": .array(table.rows.map(\.json))]
    }

    private func set(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        let name = try await name(visit)
        let before = try await row(name, of: app)
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

    private func remove(_ visit: Visit) async throws -> Answer {
        let app = try visit.requireApp().name
        // Also for a name that jubako.yml has no longer.
        let given = visit.parameters["name"] ?? visit.input["name"].string ?? ""
        guard let before = try await settings.remove(given, of: app) else {
            throw ConsoleError.notFound(
                "no threshold \(try await name(visit)) was set for \(app): what it is comes from the definition or jubako.yml")
        }
        let row = try await row(given, of: app)
        return .done(
            row, see: "/apps/\(app)/settings?done=threshold_removed",
            change: .init(before: before.json, after: row, setting: "threshold \(given)"))
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
