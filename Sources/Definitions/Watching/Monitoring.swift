/// `monitoring`: how an app is watched.
public struct Monitoring: Sendable, Hashable {
    /// Which of the generic rules hold for the app.
    public enum GenericRules: Sendable, Hashable {
        case all
        case none
        /// All but those with these names.
        case except([String])

        /// Whether the generic rule called `name` holds.
        public func includes(_ name: String) -> Bool {
            switch self {
            case .all: true
            case .none: false
            case .except(let names): !names.contains(name)
            }
        }
    }

    /// The container port that answers with metrics; nil for an app that has none and is watched from outside only.
    public var port: Int?
    /// Where the metrics are, `/metrics` unless the definition says otherwise.
    public var path: String
    /// The container that answers, `app` unless the definition says otherwise.
    public var container: String
    /// The Slack channel, `#name` or an id.
    public var channel: String?
    /// Where users reach the app; the certificate of an `https` address is watched.
    public var url: String?
    public var genericRules: GenericRules
    /// The app's own thresholds by name; see ``Threshold``.
    public var thresholds: [String: Double]

    public init(
        port: Int? = nil, path: String = "/metrics", container: String = "app", channel: String? = nil, url: String? = nil,
        genericRules: GenericRules = .all,
        thresholds: [String: Double] = [:]
    ) {
        self.port = port
        self.path = path
        self.container = container
        self.channel = channel
        self.url = url
        self.genericRules = genericRules
        self.thresholds = thresholds
    }
}
