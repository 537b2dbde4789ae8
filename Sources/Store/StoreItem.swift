public import Foundation

/// Where an item is kept.
public struct StoreKey: Hashable, Sendable, CustomStringConvertible {
    public let partition: String
    public let sort: String

    public init(partition: String, sort: String) {
        self.partition = partition
        self.sort = sort
    }

    public var description: String { "\(partition)/\(sort)" }
}

/// One remembered thing.
public struct StoreItem: Sendable, Hashable {
    public let key: StoreKey
    /// 1 for an item that was absent before, one more with each write since.
    public let version: Int
    public let body: [UInt8]
    /// From this moment on the item is as good as deleted.
    public let expiry: Date?

    public init(key: StoreKey, version: Int, body: [UInt8], expiry: Date?) {
        self.key = key
        self.version = version
        self.body = body
        self.expiry = expiry
    }
}

/// One change of a ``Store/write(_:)``.
public enum StoreWrite: Sendable, Hashable {
    case put(StoreKey, body: [UInt8], condition: StoreCondition = .none, expiry: Date? = nil)
    case delete(StoreKey, condition: StoreCondition = .none)
}

/// What must hold for an item before it is written.
public enum StoreCondition: Sendable, Hashable {
    case none
    /// There is no such item, or it has expired.
    case absent
    /// The item is there and has this version.
    case version(Int)
}

/// Why a store did not do what it was asked.
public enum StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Somebody else wrote the item first: read it again and decide anew.
    case conditionFailed(StoreKey)
    /// Nothing was written since the disk has no room. Reading still works.
    case diskFull(String)
    /// The store cannot be read or written; nothing of this write was kept.
    case unavailable(String)

    public var description: String {
        switch self {
        case .conditionFailed(let key): "the item \(key) was changed by somebody else, read it again"
        case .diskFull(let message), .unavailable(let message): message
        }
    }
}
