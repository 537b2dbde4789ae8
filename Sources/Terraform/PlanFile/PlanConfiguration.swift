import ServiceModel

/// What a plan's `configuration` tells of providers: which one each resource uses, and which tags it gives by default.
struct PlanConfiguration: Sendable {
    /// A provider's default tags, as far as the plan knows them.
    enum Defaults: Sendable, Hashable {
        case none
        case constant([String: String])
        /// An expression; its value stands nowhere in the plan.
        case expression([String])
    }

    struct Provider: Sendable, Hashable {
        var name = ""
        var alias: String?
        /// The module that declares it; nil for the root.
        var module: String?
        var defaults = Defaults.none
    }

    struct Resource: Sendable, Hashable {
        var providerKey: String
    }

    private(set) var providers: [String: Provider] = [:]
    /// By module path and `TYPE.NAME`.
    private var providerKeys: [String: String] = [:]
    /// Where a module comes from, as written, by the module path.
    private(set) var moduleSources: [String: String] = [:]

    init() {}

    init(_ scanner: consuming JSONScanner) throws(TerraformError) {
        var found = PlanConfiguration()
        try scanner.members { scanner, key throws(TerraformError) in
            switch key {
            case "provider_config":
                for (name, value) in try scanner.value().object { found.providers[name] = Self.provider(name, value) }
            case "root_module": try found.readModule(&scanner, path: [])
            default: try scanner.skip()
            }
        }
        self = found
    }

    /// The provider configuration that a resource uses, with its key.
    func provider(of change: PlannedChange) -> (key: String, provider: Provider)? {
        let path = ModulePath(change.moduleAddress ?? "").names.joined(separator: ".")
        guard let key = providerKeys["\(path)/\(change.type).\(change.name)"] else { return nil }
        return (key, providers[key] ?? Provider(name: key.split(separator: ".").first.map(String.init) ?? key))
    }

    private static func provider(_ key: String, _ value: JSON) -> Provider {
        var provider = Provider(name: value["name"].string ?? key, alias: value["alias"].string, module: value["module_address"].string)
        for (attribute, member) in [("default_tags", "tags"), ("default_labels", "")] {
            let expressions = value["expressions"][attribute]
            guard !expressions.isNull else { continue }
            let tags = member.isEmpty ? expressions : expressions[0][member]
            if case .object(let constant) = tags["constant_value"] {
                provider.defaults = .constant(constant.reduce(into: [:]) { $0[$1.key] = $1.value.string ?? $1.value.text })
            } else if tags.isNull, !member.isEmpty, !expressions.array.isEmpty {
                provider.defaults = .none
            } else {
                provider.defaults = .expression(tags["references"].strings)
            }
        }
        return provider
    }

    private mutating func readModule(_ scanner: inout JSONScanner, path: [String]) throws(TerraformError) {
        var found = self
        try scanner.members { scanner, key throws(TerraformError) in
            switch key {
            case "resources":
                try scanner.elements { scanner throws(TerraformError) in
                    var type = ""
                    var name = ""
                    var provider = ""
                    var isManaged = true
                    try scanner.members { scanner, key throws(TerraformError) in
                        switch key {
                        case "type": type = try scanner.string()
                        case "name": name = try scanner.string()
                        case "mode": isManaged = try scanner.string() == "managed"
                        case "provider_config_key": provider = try scanner.string()
                        default: try scanner.skip()
                        }
                    }
                    if isManaged { found.providerKeys["\(path.joined(separator: "."))/\(type).\(name)"] = provider }
                }
            case "module_calls":
                try scanner.members { scanner, name throws(TerraformError) in
                    try scanner.members { scanner, key throws(TerraformError) in
                        switch key {
                        case "source": found.moduleSources[(path + [name]).joined(separator: ".")] = try scanner.string()
                        case "module": try found.readModule(&scanner, path: path + [name])
                        default: try scanner.skip()
                        }
                    }
                }
            default: try scanner.skip()
            }
        }
        self = found
    }
}

/// A module's address without its instances: `module.a["x.y"].module.b[0]` is a, b. Keys may hold dots, quotes and brackets.
struct ModulePath: Sendable, Hashable {
    let names: [String]

    init(_ address: String) {
        var names: [String] = []
        var name = ""
        var isQuoted = false
        var isEscaped = false
        var depth = 0
        func isName(_ text: String) -> Bool { !text.isEmpty && text != "module" }
        for character in address {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                if character == "\\" { isEscaped = true }
                if character == "\"" { isQuoted = false }
            } else if character == "\"" {
                isQuoted = true
            } else if character == "[" {
                depth += 1
            } else if character == "]" {
                depth -= 1
            } else if depth == 0 {
                if character == "." {
                    names.append(name)
                    name = ""
                } else {
                    name.append(character)
                }
            }
        }
        names.append(name)
        // module.NAME.module.NAME: every second word is a name, even one that is called "module"
        self.names = names.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
}
