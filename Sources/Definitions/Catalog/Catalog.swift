import ServiceModel

/// All apps and what they share, as they were read last. A value: whoever holds one is not disturbed by a reload.
public struct Catalog: Sendable {
    /// One app as its definition describes it.
    public struct App: Sendable {
        public let definition: Definition
        /// The definition's newest content has problems; this is the last good one.
        public let isOutdated: Bool

        public var name: String { definition.appID }
        public var team: String? { definition.owner }
        public var monitoring: Monitoring? { definition.monitoring }
        public var alerts: [AlertRule] { definition.alerts }
        public var objectives: [Objective] { definition.objectives }
    }

    /// By name.
    public let apps: [String: App]
    public let organization: Organization
    /// What is wrong now, `jubako.yml` first, then by file.
    public let problems: [DefinitionProblem]
    let files: [String: LoadedFile]
    let organizationStamps: [FileStamp]

    /// - Parameter problems: of the organization and of files that could not be read.
    init(files: [String: LoadedFile], organization: Organization, organizationStamps: [FileStamp], problems: [DefinitionProblem]) {
        var apps: [String: App] = [:]
        var found = problems
        for (path, file) in files.sorted(by: { $0.key < $1.key }) {
            found += file.problems
            guard let definition = file.definition else { continue }
            if let first = apps[definition.appID] {
                let message = "the app \(definition.appID) is defined in \(first.definition.file) already: rename one of the files"
                found.append(DefinitionProblem(message, at: .start(of: path)))
                continue
            }
            apps[definition.appID] = App(definition: definition, isOutdated: !file.problems.isEmpty)
            if let problem = Self.unknownOwner(definition, organization) { found.append(problem) }
            found += Self.unknownEnvironments(definition, organization)
        }
        self.apps = apps
        self.organization = organization
        self.organizationStamps = organizationStamps
        self.files = files
        self.problems = found
    }

    /// A catalog of definitions that are at hand.
    public init(_ definitions: [Definition] = [], organization: Organization = Organization()) {
        let files = definitions.map { ($0.file, LoadedFile(definition: $0, problems: [], stamps: [])) }
        self.init(
            files: Dictionary(files, uniquingKeysWith: { first, _ in first }), organization: organization, organizationStamps: [], problems: [])
    }

    private static func unknownEnvironments(_ definition: Definition, _ organization: Organization) -> [DefinitionProblem] {
        definition.objectives.compactMap { objective in
            guard let name = objective.environment, organization.environments[name] == nil else { return nil }
            let hint = Naming.nearest(to: name, among: organization.environments.keys).map { ", did you mean \($0)?" } ?? ""
            let place = Mark(file: objective.file, line: objective.line, column: objective.column)
            return DefinitionProblem("the objective \(objective.name) is of \(name), which is no environment of jubako.yml\(hint)", at: place)
        }
    }

    /// The names of the apps whose infrastructure is a project of Terraform, sorted.
    public func apps(of project: String) -> [String] { apps.values.filter { $0.definition.project == project }.map(\.name).sorted() }

    private static func unknownOwner(_ definition: Definition, _ organization: Organization) -> DefinitionProblem? {
        guard let owner = definition.owner, !organization.teams.isEmpty, organization.teams[owner] == nil else { return nil }
        let hint = Naming.nearest(to: owner, among: organization.teams.keys).map { ", did you mean \($0)?" } ?? ""
        return DefinitionProblem("the owner \(owner) is no team of jubako.yml\(hint)", at: .start(of: definition.file))
    }

    /// The app's own channel as its definition says it, then its team's, then the SREs'; nil when none of them has one.
    public func channel(of app: String) -> String? {
        let entry = apps[app]
        return entry?.monitoring?.channel ?? entry?.team.flatMap { organization.teams[$0]?.channel } ?? organization.sreChannel
    }

    /// What the generic rule's threshold `name` is for `app`.
    public func threshold(_ name: String, of app: String) -> Double? {
        apps[app]?.monitoring?.thresholds[name] ?? organization.thresholds[name]
    }
}

/// What is known of one file.
struct LoadedFile: Sendable {
    /// Of its last content that could be read; nil when it never could, or is no definition.
    let definition: Definition?
    let problems: [DefinitionProblem]
    /// Of all files that it was made of. While they are the same, so is the definition.
    let stamps: [FileStamp]
}
