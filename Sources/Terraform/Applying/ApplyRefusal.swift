public import ServiceModel

/// Why a plan is not applied, and what to do next.
public struct ApplyRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The state has another serial than the plan was made for.
        case stateMoved = "state-moved"
        /// The state is another one.
        case otherLineage = "other-lineage"
        /// The files are not those that were planned.
        case configEdited = "config-edited"
        /// The branch that the change goes to has other files of this project.
        case baseMoved = "base-moved"
        case providerDiffers = "provider-differs"
        case toolDiffers = "tool-differs"
        /// Something was changed past Terraform since the plan.
        case drift
        case locked
        /// A file of the bundle was changed.
        case altered
        case incomplete
        case notApproved = "not-approved"
        /// Somebody else applies a plan of this project.
        case notItsTurn = "not-its-turn"
        case applied
        /// It destroys more than is allowed without a word.
        case overTheLimit = "over-the-limit"
        /// It loses data, and nobody confirmed that.
        case notConfirmed = "not-confirmed"
    }

    public let code: Code
    /// What happened, and where.
    public let text: String
    /// What to do about it.
    public let next: String

    public init(_ code: Code, _ text: String, next: String) {
        self.code = code
        self.text = text
        self.next = next
    }

    public var description: String { "\(text): \(next)" }

    public var json: JSON { .object(["code": .string(code.rawValue), "text": .string(text), "next": .string(next)]) }
}

/// All reasons at once.
public struct ApplyRefused: Error, Sendable, CustomStringConvertible {
    public let refusals: [ApplyRefusal]

    public init(_ refusals: [ApplyRefusal]) { self.refusals = refusals }

    public var description: String { refusals.map(\.description).joined(separator: "\n") }
}
