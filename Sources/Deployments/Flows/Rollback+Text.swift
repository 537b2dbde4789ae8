import ECSModel
public import ServiceModel

extension Rollback.Proposal {
    /// The proposal for people.
    public func text(_ redaction: Redaction, paint: Paint) -> String {
        var lines = ["\(paint.bold("roll back")) from \(Revision.name(of: current)) to \(paint.bold(Revision.name(of: target.taskDefinition)))"]
        if let proof = target.proof {
            lines.append("  it was up: \(proof)")
        } else {
            lines.append("  " + paint.yellow("warning: ") + "nothing proves that it was ever up; it is the next earlier active revision")
        }
        for change in changes where change.path.last != .key("family") {
            let label = FieldName.text(change.path, in: TaskDefinitionForm.shape)
            let (old, new) = (redaction.text(change.old, at: change.path), redaction.text(change.new, at: change.path))
            let mark = change.old.isNull ? paint.green("+") : change.new.isNull ? paint.red("-") : paint.yellow("~")
            lines.append(
                "  \(mark) \(label)  \(change.old.isNull ? new : change.new.isNull ? old : old == new ? "(hidden, changes)" : "\(old) → \(new)")")
        }
        if changes.isEmpty { lines.append("  the two revisions say the same") }
        return lines.joined(separator: "\n")
    }

    /// The proposal for programs.
    public func json(_ redaction: Redaction) -> JSON {
        .compact([
            "from": .string(current), "to": .string(target.taskDefinition), "proof": JSON(target.proof),
            "changes": .array(
                changes.map {
                    .compact([
                        "field": .string(FieldName.text($0.path, in: TaskDefinitionForm.shape)), "old": redaction.value($0.old, at: $0.path),
                        "new": redaction.value($0.new, at: $0.path),
                    ])
                }),
        ])
    }
}
