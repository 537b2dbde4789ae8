import ServiceModel

/// Judges one resource of a plan by the tag rule. "Unknown, so it passes" is the trap: an AWS resource without tags has no known
/// `tags_all` when it is created, and yet it will carry nothing.
struct TagJudge: Sendable {
    let rule: TagRule
    private let types = TaggableTypes()

    init(rule: TagRule) { self.rule = rule }

    func judge(_ change: PlannedChange, in configuration: PlanConfiguration) -> TagJudgement {
        switch change.provider {
        case "aws": aws(change, configuration)
        case "awscc": awscc(change)
        case "google", "google-beta": google(change, configuration)
        case "azurerm", "azapi": azure(change)
        default: TagJudgement(verdict: .notTaggable(.provider), rule: rule)
        }
    }

    private func aws(_ change: PlannedChange, _ configuration: PlanConfiguration) -> TagJudgement {
        if change.type == "aws_autoscaling_group" { return autoScalingGroup(change) }
        return map(change, own: "tags", all: TagMap("tags_all", of: change), rule, configuration)
    }

    /// The map shape, in the order in which one fact outweighs another.
    private func map(
        _ change: PlannedChange, own attribute: String, all: TagMap, _ rule: TagRule, _ configuration: PlanConfiguration
    ) -> TagJudgement {
        let own = TagMap(attribute, of: change)
        if let early = withoutTags(change, [own, all], rule) { return early }
        let provider = configuration.provider(of: change)
        var judgement = TagJudgement(verdict: .missing, rule: rule, place: .attribute(attribute))
        // Its own tag decides where the fix belongs; what comes from the provider, or is missing there, is put right there.
        if own.lookup(rule) == .hasNot, all.exists, let provider {
            judgement.place = place(attribute, provider.key, provider.provider.defaults, rule)
        }
        if let found = all.lookup(rule), all.exists, !isNull(all) {
            judgement.verdict = verdict(found, rule)
            return judgement
        }
        if own.isUnknown {
            judgement.verdict = .unknown(.map)
        } else if let found = own.lookup(rule), found != .hasNot {
            judgement.verdict = verdict(found, rule)
        } else if all.isUnknown, let defaults = provider?.provider.defaults {
            switch defaults {
            case .none: judgement.verdict = .missing
            case .constant(let tags): judgement.verdict = verdict(tags[rule.key].map { $0.isEmpty ? .hasNot : .has($0) } ?? .hasNot, rule)
            case .expression: judgement.verdict = .unknown(.defaults)
            }
        }
        return judgement
    }

    private func place(_ attribute: String, _ key: String, _ defaults: PlanConfiguration.Defaults, _ rule: TagRule) -> TagJudgement.Place {
        switch defaults {
        case .none, .expression: .provider(key: key)
        // the right default, and yet it does not arrive: ignore_tags, or a type that defaults do not reach
        case .constant(let tags): tags[rule.key] == rule.value ? .attribute(attribute) : .provider(key: key)
        }
    }

    private func isNull(_ map: TagMap) -> Bool { if case .null = map { true } else { false } }

    private func verdict(_ found: TagMap.Lookup, _ rule: TagRule) -> TagVerdict {
        switch found {
        case .has(let value): value == rule.value ? .ok : .wrong(value)
        case .unknown: .unknown(.value)
        case .hasNot: .missing
        }
    }

    /// The verdict for a resource that has none of the attributes, or has them in another shape.
    private func withoutTags(_ change: PlannedChange, _ maps: [TagMap], _ rule: TagRule) -> TagJudgement? {
        if change.isUnknownAsAWhole {
            return TagJudgement(verdict: types.takesTags(change.type) == false ? .notTaggable(.type) : .unknown(.resource), rule: rule)
        }
        if maps.contains(where: \.isOtherShape) { return TagJudgement(verdict: .notTaggable(.shape), rule: rule) }
        guard maps.allSatisfy({ !$0.exists }) else { return nil }
        let isListed = change.attributeCount ?? 0 > 0
        switch types.takesTags(change.type) {
        // A provider lists all attributes of a resource, also those that are null: the plan knows better than a list of another version.
        case _ where isListed, false?: return TagJudgement(verdict: .notTaggable(.type), rule: rule)
        case true?: return TagJudgement(verdict: .missing, rule: rule)
        case nil: return TagJudgement(verdict: .notTaggable(.notKnown), rule: rule)
        }
    }

    private func autoScalingGroup(_ change: PlannedChange) -> TagJudgement {
        // `tag` blocks and the older list `tags` may be there at once; default tags reach neither.
        let blocks = PairList("tag", of: change).merged(with: PairList("tags", of: change))
        return TagJudgement(
            verdict: change.isUnknownAsAWhole ? .unknown(.resource) : verdict(blocks.lookup(rule), rule), rule: rule, place: .tagBlock)
    }

    private func awscc(_ change: PlannedChange) -> TagJudgement {
        let own = TagMap("tags", of: change)
        guard own.exists else { return withoutTags(change, [own], rule) ?? TagJudgement(verdict: .notTaggable(.type), rule: rule) }
        return TagJudgement(verdict: verdict(PairList("tags", of: change).lookup(rule), rule), rule: rule)
    }

    private func google(_ change: PlannedChange, _ configuration: PlanConfiguration) -> TagJudgement {
        let rule = rule.label
        if change.type == "google_sql_database_instance" {
            let own = TagMap(
                after: change.after["settings"]?[0]["user_labels"], unknown: unknownLabels(change),
                sensitive: change.afterSensitive.bool == true ? true : change.afterSensitive["settings"][0]["user_labels"])
            let found: TagVerdict = own.isUnknown ? .unknown(.map) : verdict(own.lookup(rule) ?? .hasNot, rule)
            return TagJudgement(verdict: change.isUnknownAsAWhole ? .unknown(.resource) : found, rule: rule, place: .attribute("user_labels"))
        }
        for attribute in ["user_labels", "resource_labels"] where TagMap(attribute, of: change).exists && !TagMap("labels", of: change).exists {
            return map(change, own: attribute, all: labels(change), rule, configuration)
        }
        return map(change, own: "labels", all: labels(change), rule, configuration)
    }

    private func unknownLabels(_ change: PlannedChange) -> JSON? {
        let settings = change.afterUnknown["settings"] ?? .null
        return settings.bool == true || settings[0].bool == true ? true : settings[0].object["user_labels"]
    }

    /// Own labels with the provider's defaults; an older provider has effective_labels only.
    private func labels(_ change: PlannedChange) -> TagMap {
        let all = TagMap("terraform_labels", of: change)
        return all.exists ? all : TagMap("effective_labels", of: change)
    }

    private func azure(_ change: PlannedChange) -> TagJudgement {
        let own = TagMap("tags", of: change)
        if let early = withoutTags(change, [own], rule) { return early }
        let found: TagVerdict = own.isUnknown ? .unknown(.map) : verdict(own.lookup(rule, ignoresCase: true) ?? .hasNot, rule)
        return TagJudgement(verdict: found, rule: rule)
    }
}
