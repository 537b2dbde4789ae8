import ServiceModel

/// `jubako.yml`, at the root of the definitions repository: what all apps share.
public struct Organization: Sendable, Hashable {
    /// Where definitions are deployed.
    public struct Environment: Sendable, Hashable {
        public var region: String?
        public var cluster: String
        /// Nil for AWS itself.
        public var endpointURL: String?
        /// What the deploy gate does differently there.
        public var gate: GatePolicy.Change?

        public init(region: String? = nil, cluster: String = "default", endpointURL: String? = nil, gate: GatePolicy.Change? = nil) {
            self.region = region
            self.cluster = cluster
            self.endpointURL = endpointURL
            self.gate = gate
        }
    }

    public struct Team: Sendable, Hashable {
        /// Where the alerts of apps go that name no channel.
        public var channel: String?
        /// The groups of the sign-in provider whose members are this team's developers.
        public var groups: [String]
        /// What the deploy gate does differently for the team's apps.
        public var gate: GatePolicy.Change?

        public init(channel: String? = nil, groups: [String] = [], gate: GatePolicy.Change? = nil) {
            self.channel = channel
            self.groups = groups
            self.gate = gate
        }
    }

    /// Where the projects of Terraform are, and how what belongs to one is told.
    public struct Terraform: Sendable, Hashable {
        /// The folder with a folder for each project, relative to `jubako.yml`.
        public var root: String
        /// The key of the tag that names the project.
        public var tag: String
        /// Projects whose folders were deleted and whose resources stay, unmanaged, on purpose.
        public var abandoned: [String]
        /// `terraform`, `tofu`, or the path of one; nil for what is installed.
        public var program: String?
        /// How many resources a plan may destroy before somebody has to say so.
        public var destroyLimit = 10
        /// How many it may replace.
        public var replaceLimit = 10

        public init(root: String = "terraform", tag: String = "Project", abandoned: [String] = [], program: String? = nil) {
            self.root = root
            self.tag = tag
            self.abandoned = abandoned
            self.program = program
        }
    }

    /// By name.
    public var environments: [String: Environment]
    public var teams: [String: Team]
    /// The SREs' channel: for alerts without an owner, and for what could not be delivered.
    public var sreChannel: String?
    /// What holds for an app that says nothing, by name: the standard thresholds, with those of `alerting.thresholds` over them.
    public var thresholds: [String: Double]
    /// Where the runbooks are to be read; what a rule calls `docs/runbooks/NAME.md` is linked to below it.
    public var runbooks: String?
    /// How people sign in at the server; nil where only this machine reaches it.
    public var signIn: SignIn?
    /// When the objectives speak against a deploy.
    public var gate: GatePolicy
    public var terraform = Terraform()
    /// The groups of the sign-in provider whose members sign overrides of the gate for the business.
    public var businessGroups: [String] = []

    public init(
        environments: [String: Environment] = [:], teams: [String: Team] = [:], sreChannel: String? = nil,
        thresholds: [String: Double] = Threshold.standards, runbooks: String? = nil, signIn: SignIn? = nil,
        gate: GatePolicy = GatePolicy()
    ) {
        self.signIn = signIn
        self.environments = environments
        self.teams = teams
        self.sreChannel = sreChannel
        self.thresholds = thresholds
        self.runbooks = runbooks
        self.gate = gate
    }

    /// The organization of the nearest `jubako.yml` in `directory` or above it; nil when there is none that can be read. It blocks.
    public static func nearest(to directory: String) -> Organization? {
        file(around: directory).flatMap { try? load($0) }
    }

    /// The nearest `jubako.yml` in `directory` or above it. It blocks.
    public static func file(around directory: String) -> String? {
        var folder = SourceFile.canonical(directory)
        while true {
            let path = SourceFile.join(folder, "jubako.yml")
            if FileStamp(path).exists { return path }
            let parent = SourceFile.directory(of: folder)
            guard parent != folder, parent != "." else { return nil }
            folder = parent
        }
    }

    /// Reads the file at `path`. It blocks.
    ///
    /// - Throws: ``DefinitionProblems`` with everything that is wrong.
    public static func load(_ path: String) throws(DefinitionProblems) -> Organization {
        var reader = YAMLReader()
        let root: SourceNode
        do { root = try reader.read(path) } catch { throw DefinitionProblems(reader.problems + [error], entry: path) }
        guard reader.isComplete else { throw DefinitionProblems(reader.problems, entry: path) }
        var builder = OrganizationBuilder(spelling: { place in
            guard case .scalar(_, let spelling)? = root.node(at: place)?.content else { return nil }
            return spelling
        })
        let organization = builder.build(root.json)
        let found = builder.problems.map { DefinitionProblem($0.message, at: root.mark(of: $0.path, isAboutKey: $0.isAboutKey)) }
        guard reader.problems.isEmpty, found.isEmpty else { throw DefinitionProblems(reader.problems + found, entry: path) }
        return organization
    }
}
