public import ServiceModel

/// A folder of Terraform configuration with a state of its own.
public struct Project: Sendable, Hashable {
    /// What is to be done with it.
    public enum Action: String, Sendable, Hashable {
        case plan
        /// Its folder is gone, and what it made is still there.
        case destroy
        /// Its folder is gone, and `jubako.yml` says that its resources stay.
        case abandoned
        /// Its folder is gone, and another project has its state.
        case moved
    }

    /// Why it was chosen.
    public struct Reason: Sendable, Hashable {
        public enum Kind: String, Sendable, Hashable {
            case file, module, reference, link, version, state, unsure, deleted
        }

        public let kind: Kind
        public let text: String
    }

    /// Below the root of all projects.
    public let name: String
    /// From the repository's root.
    public let path: String
    public let action: Action
    /// The commit that still has its files, for a project whose folder is gone.
    public let base: String?
    public internal(set) var reasons: [Reason]

    public var json: JSON {
        .compact([
            "name": .string(name), "path": .string(path), "action": .string(action.rawValue), "base": JSON(base),
            "reasons": .array(reasons.map { .object(["kind": .string($0.kind.rawValue), "text": .string($0.text)]) }),
        ])
    }
}
