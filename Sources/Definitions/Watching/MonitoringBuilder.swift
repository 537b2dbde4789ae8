import ServiceModel

/// Makes ``Monitoring`` of `monitoring`, and finds what its fields' types cannot say.
struct MonitoringBuilder {
    let containers: [SourceContainer]
    let loadBalancing: LoadBalancing?
    let directory: String
    /// The names that thresholds may have; nil for those of the organization that the definition belongs to.
    let thresholds: Set<String>?
    private(set) var problems: [Problem] = []

    init(containers: [SourceContainer], loadBalancing: LoadBalancing?, directory: String, thresholds: Set<String>?) {
        self.containers = containers
        self.loadBalancing = loadBalancing
        self.directory = directory
        self.thresholds = thresholds
    }

    private static let path: DocumentPath = [.key("monitoring")]

    private mutating func note(_ message: String, at keys: PathComponent..., isAboutKey: Bool = false) {
        problems.append(Problem(message, at: Self.path + keys, isAboutKey: isAboutKey))
    }

    /// - Parameters:
    ///   - written: what the definition has; `true` stands for an empty map, `false` for nothing.
    ///   - checked: the same after the check of the types.
    mutating func build(_ written: JSON, _ checked: JSON) -> Monitoring? {
        if written.isNull || written.bool == false { return nil }
        var monitoring = Monitoring()
        monitoring.container = checked["container"].string ?? monitoring.container
        monitoring.path = checked["path"].string ?? monitoring.path
        monitoring.channel = checked["channel"].string
        monitoring.url = checked["url"].string
        monitoring.genericRules = rules(checked["rules"])
        monitoring.thresholds = Dictionary(
            checked["thresholds"].object.compactMap { name, value in value.double.map { (name, $0) } }, uniquingKeysWith: { first, _ in first })
        checkThresholds(monitoring.thresholds)
        if !monitoring.path.hasPrefix("/") || monitoring.path.contains(where: \.isWhitespace) {
            note("path must start with a slash and have no blanks", at: .key("path"))
        }
        if let channel = monitoring.channel, !WatchingNames.isChannel(channel) {
            note(
                "channel must be a channel's name as '#recipes', in small letters, or its id as C0123456789"
                    + (channel.hasPrefix("#") ? "" : ": write '#\(channel.lowercased())'"), at: .key("channel"))
        }
        if let url = monitoring.url, url.wholeMatch(of: #/https?:\/\/[A-Za-z0-9.\-]+(:[0-9]{1,5})?(\/\S*)?/#) == nil {
            note("url must be the address at which users reach the app, as https://recipes.example.com/", at: .key("url"))
        }
        guard written["port"].isNull || checked["port"].int != nil else { return monitoring }
        monitoring.port = port(checked["port"].int, of: monitoring.container, written)
        return monitoring
    }

    private mutating func port(_ written: Int?, of name: String, _ monitoring: JSON) -> Int? {
        let names = containers.map(\.name)
        guard let container = containers.first(where: { $0.name == name }) else {
            note("there is no container \(name)\(hint(name, names))", at: .key("container"))
            return nil
        }
        let mappings = container.checked["portMappings"].array
        let ports = mappings.compactMap { $0["containerPort"].int }
        let ranges = mappings.compactMap { PortRange.parse($0["containerPortRange"].string) }
        if let written {
            guard !ports.contains(written), !ranges.contains(where: { $0.contains(written) }) else { return written }
            let known = ports.isEmpty ? "it maps none" : "it maps \(ports.map(String.init).joined(separator: ", "))"
            note("the container \(name) does not map port \(written): \(known)", at: .key("port"))
            return nil
        }
        if let loadBalancing, loadBalancing.containerName == name, ports.contains(loadBalancing.containerPort) { return loadBalancing.containerPort }
        if let first = ports.first ?? ranges.first?.lowerBound { return first }
        // an app without any port can still have a channel and thresholds; one that says where its metrics are, or nothing else, wants to be scraped
        let wantsScrape = !monitoring["path"].isNull || !monitoring["container"].isNull || monitoring.object.isEmpty
        if wantsScrape {
            note("the container \(name) maps no port, so its metrics cannot be reached: add port_mappings", isAboutKey: true)
        }
        return nil
    }

    private mutating func rules(_ value: JSON) -> Monitoring.GenericRules {
        switch value {
        case .null, .bool(true): return .all
        case .bool(false): return .none
        case .object(let members):
            for key in members.keys where key != "except" {
                note("unknown key \(key)\(hint(key, ["except"]))", at: .key("rules"), .key(key), isAboutKey: true)
            }
            guard let list = members["except"] else {
                note("except is missing: it lists the generic rules that do not hold", at: .key("rules"), isAboutKey: true)
                return .all
            }
            guard case .array(let elements) = list else {
                note("except must be a list of rule names, not \(list.kindName)", at: .key("rules"), .key("except"))
                return .all
            }
            for (index, element) in elements.enumerated() where element.string.map(WatchingNames.isAlert) != true {
                note("a rule's name starts with a capital letter and has letters and digits only", at: .key("rules"), .key("except"), .index(index))
            }
            return .except(list.strings)
        default:
            note("rules must be true, false or {except: [NAME, …]}, not \(value.kindName)", at: .key("rules"))
            return .all
        }
    }

    private mutating func checkThresholds(_ values: [String: Double]) {
        var thresholds = thresholds ?? Set(Threshold.standards.keys)
        if self.thresholds == nil, !thresholds.isSuperset(of: values.keys), let organization = Organization.nearest(to: directory) {
            thresholds = Set(organization.thresholds.keys)  // looked for only where it matters: most definitions know the standard names
        }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            if !thresholds.contains(name) {
                let list = thresholds.sorted().joined(separator: ", ")
                let hint = Naming.nearest(to: name, among: thresholds).map { ", did you mean \($0)?" } ?? ": there are \(list)"
                note("unknown threshold \(name)\(hint)", at: .key("thresholds"), .key(name), isAboutKey: true)
            } else if let objection = Threshold.objection(to: value, for: name) {
                note("\(name) \(objection)", at: .key("thresholds"), .key(name))
            }
        }
    }

    private func hint(_ name: String, _ known: [String]) -> String { Naming.nearest(to: name, among: known).map { ", did you mean \($0)?" } ?? "" }
}

/// `containerPortRange`.
enum PortRange {
    static func parse(_ text: String?) -> ClosedRange<Int>? {
        let ends = text?.split(separator: "-").compactMap { Int($0) } ?? []
        return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }
}
