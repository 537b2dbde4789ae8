import ECSModel
public import ServiceModel

extension Plan {
    /// The plan for people: one line for each field, in the definition's own words, without secrets.
    public func text(_ redaction: Redaction, paint: Paint) -> String {
        var lines: [String] = []
        for group in groups(redaction) {
            let (mark, title) = (paint.mark(group.mark), paint.bold(group.title))
            lines.append("  \(mark) \(title)")
            let width = min(group.rows.map(\.label.count).max() ?? 0, 48)
            for row in group.rows {
                let label = row.label + String(repeating: " ", count: max(0, width - row.label.count))
                let value =
                    switch (row.old, row.new) {
                    case (nil, let new?): new
                    case (let old?, nil): old
                    case (Redaction.hidden?, Redaction.hidden?): "(hidden, changes)"
                    case (let old, let new): "\(old ?? "") → \(new ?? "")"
                    }
                lines.append("      \(paint.mark(row.mark)) \(label)  \(value)")
            }
        }
        for issue in issues {
            lines.append("  " + (issue.isError ? paint.red("error: ") : paint.yellow("warning: ")) + issue.message)
        }
        if !hasChanges { lines.append("  nothing to do: \(app) runs as its definition says") }
        return (["\(paint.bold("plan for \(app)")) in cluster \(cluster)"] + lines).joined(separator: "\n")
    }

    /// The plan for programs, without secrets.
    public func json(_ redaction: Redaction) -> JSON {
        let changes = groups(redaction).map { group in
            JSON.compact([
                "action": .string(group.action), "what": .string(group.title),
                "fields": .array(
                    group.differences.map {
                        .compact([
                            "field": .string($0.label), "path": .string($0.difference.path.text),
                            "old": redaction.value($0.difference.old, at: $0.difference.path),
                            "new": redaction.value($0.difference.new, at: $0.difference.path),
                        ])
                    }),
            ])
        }
        return [
            "app": .string(app), "cluster": .string(cluster), "hasChanges": .bool(hasChanges), "changes": .array(changes),
            "errors": JSON(issues.filter(\.isError).map(\.message)), "warnings": JSON(issues.filter { !$0.isError }.map(\.message)),
        ]
    }

    private func groups(_ redaction: Redaction) -> [PlanGroup] {
        var groups: [PlanGroup] = loadBalancing.map {
            PlanGroup(
                action: $0.operation.hasPrefix("Create") ? "create" : "change", title: $0.summary, differences: $0.changes, shape: "", redaction)
        }
        switch taskDefinition {
        case .keep: break
        case .register(let changes, let from):
            let changes = changes.filter { $0.path != [.key("family")] }
            let title = from.map { "task definition: new revision after \(Revision.name(of: $0))" } ?? "task definition: first revision"
            groups.append(
                PlanGroup(
                    action: from == nil ? "create" : "change", title: title, differences: changes, shape: TaskDefinitionForm.shape, redaction))
        }
        switch service {
        case .keep: break
        case .create(let request):
            var request = request
            let attachments = request["loadBalancers"].array.map {
                let group = Revision.targetGroup(of: $0["targetGroupArn"].string ?? "")
                return Difference(
                    path: [.key("loadBalancers")], old: .null,
                    new: .string("\(group) → \($0["containerName"].string ?? ""):\($0["containerPort"].int ?? 0)"))
            }
            request["loadBalancers"] = nil
            let fields =
                attachments
                + Comparison().differences(from: .null, to: request, as: ServiceForm.shape)
                .filter { ![[.key("serviceName")], [.key("cluster")]].contains($0.path) }
            groups.append(PlanGroup(action: "create", title: "create service \(app)", differences: fields, shape: ServiceForm.shape, redaction))
        case .update(let update):
            var title = "service \(app)"
            if update.changesTaskDefinition, case .keep(let arn) = taskDefinition { title += ": run \(Revision.name(of: arn))" }
            if let forced = update.forced { title += ": replace all tasks, \(forced)" }
            if update.changesTaskDefinition, update.changes.isEmpty, update.forced == nil, case .register = taskDefinition {
                title += ": run the new revision"
            }
            groups.append(PlanGroup(action: "change", title: title, differences: update.changes, shape: ServiceForm.shape, redaction))
        }
        return groups
    }
}

/// What changes at one thing.
private struct PlanGroup {
    struct Row {
        let mark: Character
        let label: String
        let old: String?
        let new: String?
    }

    let action: String
    let title: String
    let differences: [(label: String, difference: Difference)]
    let rows: [Row]

    var mark: Character { action == "create" ? "+" : "~" }

    init(action: String, title: String, differences: [Difference], shape: String, _ redaction: Redaction) {
        self.action = action
        self.title = title
        self.differences = differences.filter { !Self.isOwnName($0) }.map {
            (shape.isEmpty ? $0.path.text : FieldName.text($0.path, in: shape), $0)
        }
        rows = self.differences.map { label, difference in
            func side(_ value: JSON) -> String? {
                guard !value.isNull else { return nil }
                let text = redaction.text(value, at: difference.path)
                return text.count > 160 ? text.prefix(157) + "..." : text
            }
            let (old, new) = (side(difference.old), side(difference.new))
            return Row(mark: old == nil ? "+" : new == nil ? "-" : "~", label: label, old: old, new: new)
        }
    }

    /// That an element called C has the name C says nothing.
    private static func isOwnName(_ difference: Difference) -> Bool {
        guard difference.path.count > 1, case .key(let member)? = difference.path.last, ["name", "key"].contains(member) else { return false }
        let owner = difference.path[difference.path.count - 2].description
        return [difference.old, difference.new].allSatisfy { $0.isNull || $0.string == owner }
            // A container of which nothing else is said still shows.
            && (difference.path.count > 3 || difference.path.first != .key("volumes"))
    }
}

extension Paint {
    fileprivate func mark(_ mark: Character) -> String {
        switch mark {
        case "+": green("+")
        case "-": red("-")
        default: yellow(String(mark))
        }
    }
}
