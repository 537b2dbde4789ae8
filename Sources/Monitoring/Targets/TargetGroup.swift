import OrderedCollections
import ServiceModel

/// Addresses with the labels that their series get: one element of what Prometheus's HTTP service discovery takes.
public struct TargetGroup: Sendable, Hashable {
    /// `host:port`
    public var targets: [String]
    public var labels: [String: String]

    public init(targets: [String], labels: [String: String]) {
        self.targets = targets
        self.labels = labels
    }
}

extension Sequence<TargetGroup> {
    /// The whole list as Prometheus's http_sd takes it; `[]` for none.
    public var discoveryDocument: [UInt8] {
        JSON.array(
            map { group in
                var labels = JSONObject()
                for (name, value) in group.labels.sorted(by: { $0.key < $1.key }) { labels[name] = .string(value) }
                return .object(["targets": JSON(group.targets), "labels": .object(labels)])
            }
        ).bytes
    }
}
