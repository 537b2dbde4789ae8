import ServiceModel

/// Reads a plan: its facts and its configuration first, then its resources one by one, each dropped before the next.
struct PlanReader {
    /// What a plan says of itself, apart from its resources.
    struct Outline: Sendable {
        var terraformVersion = ""
        var configuration = PlanConfiguration()
        /// It says nothing of whether it is complete: made before Terraform 1.8.
        var isCompletenessKnown = false
        var outputChanges = 0
        var driftedResources = 0
        fileprivate var resources: Range<Int>?
    }

    /// The attributes that tell of tags, in any of the shapes.
    static let tagAttributes: Set<String> = [
        "tags", "tags_all", "tag", "labels", "terraform_labels", "effective_labels", "user_labels", "resource_labels", "settings",
        "tag_specifications",
        "propagate_tags",
    ]

    let file: PlanFile
    /// Compares `before` with `after` as well.
    var readsChanges = false

    /// Reads the whole file.
    ///
    /// - Throws: when it is no plan, was cut off, or is the plan of a part only: nothing may be concluded from it then.
    func read(_ each: (PlannedChange, Outline) throws(TerraformError) -> Void) throws(TerraformError) -> Outline {
        try file.read { bytes throws(TerraformError) in
            let outline = try self.outline(bytes)
            guard let range = outline.resources else { return outline }
            var scanner = JSONScanner(bytes, range: range)
            guard try scanner.next() == UInt8(ascii: "[") else { throw scanner.error("resource_changes is not a list") }
            try scanner.elements { scanner throws(TerraformError) in
                try each(try change(&scanner), outline)
            }
            return outline
        }
    }

    private func outline(_ bytes: UnsafeBufferPointer<UInt8>) throws(TerraformError) -> Outline {
        var scanner = JSONScanner(bytes)
        var places: [String: Range<Int>] = [:]
        try scanner.members { scanner, key throws(TerraformError) in
            guard places[key] == nil else { throw scanner.error("the key \(key.prefix(40)) appears twice: two plans were mixed") }
            places[key] = try scanner.skip()
        }
        guard scanner.isAtEnd else {
            throw scanner.error("there is more text after the JSON value; keep what terraform show -json prints apart from other output")
        }
        func value(_ key: String) throws(TerraformError) -> JSON {
            guard let range = places[key] else { return .null }
            return try scanner.value(at: range)
        }
        guard let version = try value("format_version").string else {
            throw TerraformError("there is no format_version: this is not what terraform show -json PLANFILE prints")
        }
        try checkVersion(version)
        guard places["resource_changes"] != nil || places["planned_values"] != nil || places["configuration"] != nil else {
            throw TerraformError(
                places["values"] != nil
                    ? "this is a state, not a plan: give terraform show -json the plan file"
                    : "there is neither resource_changes nor configuration: this is no plan")
        }
        var outline = Outline()
        outline.terraformVersion = try value("terraform_version").string ?? ""
        guard try value("errored").bool != true else {
            throw TerraformError(
                "the plan failed half-way (errored), so it holds only a part of what would change: read Terraform's error and plan again")
        }
        let complete = try value("complete")
        guard complete.bool != false else {
            throw TerraformError("the plan is not complete: it was made with -target, or parts of it were put off. Plan again without")
        }
        guard complete.isNull || complete.bool == true else { throw TerraformError("complete is neither true nor false") }
        outline.isCompletenessKnown = !complete.isNull
        guard try value("deferred_changes").array.isEmpty else {
            throw TerraformError("the plan puts changes off to a later one (deferred_changes), so it does not hold all that would change")
        }
        outline.resources = places["resource_changes"]
        if let range = places["configuration"] { outline.configuration = try PlanConfiguration(JSONScanner(bytes, range: range)) }
        outline.outputChanges = try count(bytes, places["output_changes"])
        outline.driftedResources = try count(bytes, places["resource_drift"])
        return outline
    }

    /// How many of the entries at a place change something.
    private func count(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>?) throws(TerraformError) -> Int {
        guard let range else { return 0 }
        var scanner = JSONScanner(bytes, range: range)
        var count = 0
        if try scanner.next() == UInt8(ascii: "[") {
            try scanner.elements { scanner throws(TerraformError) in
                try scanner.skip()
                count += 1
            }
        } else {
            try scanner.members { scanner, _ throws(TerraformError) in
                let change = try scanner.value()
                if change["actions"].strings != ["no-op"] { count += 1 }
            }
        }
        return count
    }

    private func checkVersion(_ version: String) throws(TerraformError) {
        let parts = version.split(separator: ".").map { Int($0) }
        switch (parts.first ?? nil, parts.dropFirst().first ?? nil) {
        case (0, 1?), (0, 2?), (1, _?): return
        default:
            throw TerraformError("its format_version \(version.prefix(20)) is not known here (0.1 to 1.x are): a newer jubako may read it")
        }
    }

    private func change(_ scanner: inout JSONScanner) throws(TerraformError) -> PlannedChange {
        var change = PlannedChange()
        var place: Range<Int>?
        var seen: Set<String> = []
        guard try scanner.next() == UInt8(ascii: "{") else { throw scanner.error("an entry of resource_changes is not an object") }
        try scanner.members { scanner, key throws(TerraformError) in
            func text() throws(TerraformError) -> String? {
                guard seen.insert(key).inserted else { throw scanner.error("\(key) appears twice in one resource") }
                if try scanner.next() == UInt8(ascii: "n") {
                    try scanner.skip()
                    return nil
                }
                return try scanner.string()
            }
            switch key {
            case "address": change.address = try text() ?? ""
            case "previous_address": change.previousAddress = try text()
            case "module_address": change.moduleAddress = try text()
            case "mode": change.isManaged = try text() != "data"
            case "type": change.type = try text() ?? ""
            case "name": change.name = try text() ?? ""
            case "provider_name": change.provider = (try text() ?? "").split(separator: "/").last.map(String.init) ?? ""
            case "deposed": change.deposed = try text()
            case "action_reason": change.actionReason = try text()
            case "change":
                guard place == nil else { throw scanner.error("change appears twice in one resource") }
                place = try scanner.skip()
            default: try scanner.skip()
            }
        }
        guard !change.type.isEmpty, !change.address.isEmpty else { throw scanner.error("a resource without address or type") }
        guard let place else { throw scanner.error("\(change.address) has no change") }
        if change.provider.isEmpty { change.provider = change.type.split(separator: "_").first.map(String.init) ?? "" }
        var detail = ChangeReader(scanner: JSONScanner(scanner.bytes, range: place), readsChanges: readsChanges)
        try detail.read(into: &change)
        return change
    }
}
