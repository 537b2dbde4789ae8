import ServiceModel

/// What the configuration of one folder says of other places: its state, its modules, what it reads.
struct FolderFacts: Sendable {
    struct Module: Sendable, Hashable {
        let source: String
        /// Where it is called, as FILE:LINE.
        let place: String
    }

    /// A state that is read.
    struct Reading: Sendable, Hashable {
        let state: StateAddress
        let place: String
    }

    /// Where its own state is kept; nil when the files do not say.
    private(set) var state: StateAddress?
    /// Modules of this repository; those from elsewhere never change with it.
    private(set) var modules: [Module] = []
    private(set) var readings: [Reading] = []
    private(set) var references: [(file: String, reference: PathReference)] = []
    private(set) var problems: [String] = []

    var hasBackend: Bool { state != nil }

    init(_ folder: ConfigurationFolder) {
        problems = folder.problems
        for file in folder.files { read(file) }
        for (path, document) in folder.documents { read(path, document) }
    }

    private mutating func read(_ file: HCLFile) {
        // where a module comes from is followed as a module
        let sources = file.body.blocks("module").compactMap { $0.body.attribute("source")?.value }
        references += file.references.filter { reference in !sources.contains { $0.contains(reference.start) } }.map { (file.path, $0) }
        for block in file.body.blocks {
            let place = "\(file.path):\(file.line(of: block.start))"
            switch (block.type, block.labels.first) {
            case ("terraform", _):
                for backend in block.body.blocks("backend") { state = StateAddress(type: backend.labels.first ?? "", values(backend.body, file)) }
                for cloud in block.body.blocks("cloud") { state = StateAddress(type: "cloud", values(cloud.body, file)) }
            case ("module", _):
                guard let attribute = block.body.attribute("source") else { continue }
                add(source: file.literal(attribute), place)
            case ("data", "terraform_remote_state"):
                let type = file.literal(block.body.attribute("backend")) ?? ""
                var values: [String: String?] = [:]
                if let config = block.body.attribute("config") {
                    var reader = HCLReader(bytes: file.bytes, at: config.value.lowerBound)
                    for item in (try? reader.items()) ?? [] {
                        guard let key = item.key else { continue }
                        values[key] = .some(file.literal(HCLAttribute(name: key, start: item.start, value: item.value)))
                    }
                }
                readings.append(Reading(state: StateAddress(type: type, values), place: place))
            default: continue
            }
        }
    }

    private func values(_ body: HCLBody, _ file: HCLFile) -> [String: String?] {
        body.attributes.reduce(into: [:]) { $0[$1.name] = .some(file.literal($1)) }
    }

    private mutating func add(source: String?, _ place: String) {
        // an expression is not allowed there, but newer versions may take one
        guard let source else { return problems.append("\(place): where the module comes from is computed") }
        if source.hasPrefix("./") || source.hasPrefix("../") || source == "." || source == ".." {
            modules.append(Module(source: source, place: place))
        }
    }

    /// Configuration in JSON.
    private mutating func read(_ path: String, _ document: JSON) {
        func list(_ value: JSON) -> [JSON] { value.array.isEmpty ? [value] : value.array }
        for terraform in list(document["terraform"]) {
            for (type, values) in terraform["backend"].object {
                state = StateAddress(type: type, values.object.reduce(into: [:]) { $0[$1.key] = .some($1.value.string) })
            }
        }
        for modules in list(document["module"]) {
            for (name, module) in modules.object { add(source: list(module)[0]["source"].string, "\(path): module.\(name)") }
        }
        for states in list(document["data"]["terraform_remote_state"]) {
            for (name, state) in states.object {
                let values = state["config"].object.reduce(into: [String: String?]()) { values, item in
                    values[item.key] = .some(item.value.string.flatMap { $0.contains("${") ? nil : $0 })
                }
                readings.append(Reading(state: StateAddress(type: state["backend"].string ?? "", values), place: "\(path): \(name)"))
            }
        }
        collect(document, path)
    }

    private mutating func collect(_ value: JSON, _ path: String) {
        switch value {
        case .string(let text) where text.contains("${"):
            var reader = HCLReader(bytes: Array("<<END_OF_JSON\n\(text)\nEND_OF_JSON\n".utf8))
            do { _ = try reader.expression() } catch { problems.append("\(path): \(error.message)") }
            references += reader.references.map { (path, $0) }
        case .array(let elements): for element in elements { collect(element, path) }
        case .object(let members): for member in members.values { collect(member, path) }
        default: break
        }
    }
}

/// Where a state is kept, as far as the configuration says it in plain text.
struct StateAddress: Sendable, Hashable {
    let type: String
    /// What tells one state from another; a value that is computed is nil.
    let values: [String: String?]

    private static let names: Set<String> = [
        "bucket", "key", "prefix", "path", "address", "container_name", "storage_account_name", "secret_suffix", "namespace", "schema_name",
        "organization",
        "hostname",
    ]
    /// The part that is never the same for two projects.
    private static let own: Set<String> = ["key", "prefix", "path", "address", "secret_suffix", "schema_name"]

    init(type: String, _ values: [String: String?]) {
        self.type = type
        self.values = values.filter { Self.names.contains($0.key) }
    }

    /// Its own part stands there in plain text.
    var isKnown: Bool { values.contains { Self.own.contains($0.key) && $0.value != nil } }

    /// Whether both may be the same state: nothing that both say differs.
    func mayBe(_ other: StateAddress) -> Bool {
        guard type == other.type else { return false }
        return values.allSatisfy { name, value in
            guard let value, let theirs = other.values[name], let theirs else { return true }
            return value == theirs
        }
    }

    /// Whether both are certainly the same state.
    func isSame(_ other: StateAddress) -> Bool { isKnown && other.isKnown && mayBe(other) }
}
