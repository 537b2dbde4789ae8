/// Two vectors are matched by labels that one of them cannot have.
struct VectorMatching: RuleCheck {
    let id = "vector-matching"
    let severity = CheckSeverity.error
    let summary = "two sides of an operator are matched by a label that one of them cannot have"

    func examine(_ rule: CheckedRule, _ report: inout CheckReport) {
        for (binary, _) in rule.binaries where !binary.left.isScalar && !binary.right.isScalar {
            let left = LabelFlow(binary.left)
            let right = LabelFlow(binary.right)
            let place = rule.place(binary.operationRange)
            switch binary.matching {
            case .on(let names):
                for name in names where left.canHave(name) != right.canHave(name) {
                    let side = left.canHave(name) ? "right" : "left"
                    report.add("on (\(name)): the \(side) side has no label \(name): keep it there, or match by another label", at: place)
                }
            case .ignoring(let names): compare(left, right, without: Set(names), binary, place, &report)
            case nil: compare(left, right, without: [], binary, place, &report)
            }
            checkGroup(binary, left, right, place, &report)
        }
    }

    /// Without `on`, all labels have to be the same on both sides.
    private func compare(
        _ left: LabelFlow, _ right: LabelFlow, without ignored: Set<String>, _ binary: PromQL.Binary, _ place: Range<SourcePosition>,
        _ report: inout CheckReport
    ) {
        guard binary.operation != "or", binary.group == nil else { return }
        var known: Set<String> = []
        if case .only(let names) = left.labels { known.formUnion(names) }
        if case .only(let names) = right.labels { known.formUnion(names) }
        let uneven = known.subtracting(ignored).filter { left.canHave($0) != right.canHave($0) }.sorted()
        guard let name = uneven.first else { return }
        let side = left.canHave(name) ? "right" : "left"
        report.add(
            "the \(side) side has no label \(uneven.joined(separator: ", ")), so nothing ever matches: aggregate both alike, or say on (…)", at: place
        )
    }

    private func checkGroup(
        _ binary: PromQL.Binary, _ left: LabelFlow, _ right: LabelFlow, _ place: Range<SourcePosition>, _ report: inout CheckReport
    ) {
        switch binary.group {
        case .left(let names):
            for name in names where !right.canHave(name) {
                report.add("group_left (\(name)): the right side has no label \(name) to give", at: place)
            }
        case .right(let names):
            for name in names where !left.canHave(name) {
                report.add("group_right (\(name)): the left side has no label \(name) to give", at: place)
            }
        case nil: break
        }
    }
}
