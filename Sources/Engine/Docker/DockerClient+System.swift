import NIOHTTP1
import ServiceModel

/// What Docker says about itself and its machine.
struct DockerInfo: Sendable, Hashable {
    /// Of the daemon, for example `20.10.24`.
    let serverVersion: String
    let cpus: Int
    /// In bytes.
    let memory: Int
    /// `1` or `2`.
    let cgroupVersion: String
    /// `cgroupfs` or `systemd`.
    let cgroupDriver: String
    let limitsMemory: Bool
    let limitsSwap: Bool
    let limitsCPU: Bool
    let operatingSystem: String
    let architecture: String

    init(_ json: JSON) {
        serverVersion = json["ServerVersion"].string ?? ""
        cpus = json["NCPU"].int ?? 1
        memory = json["MemTotal"].int ?? 0
        cgroupVersion = json["CgroupVersion"].string ?? "1"
        cgroupDriver = json["CgroupDriver"].string ?? ""
        limitsMemory = json["MemoryLimit"].bool ?? false
        limitsSwap = json["SwapLimit"].bool ?? false
        limitsCPU = json["CpuCfsQuota"].bool ?? json["CPUCfsQuota"].bool ?? false
        operatingSystem = json["OperatingSystem"].string ?? ""
        architecture = json["Architecture"].string ?? ""
    }
}

extension DockerClient {
    /// Whether Docker answers; throws what is wrong if not.
    func ping() async throws {
        try await call(.GET, "/_ping", within: .seconds(5))
    }

    /// The daemon's version, for example `20.10.24`.
    func version() async throws -> String {
        try await call(.GET, "/version", within: .seconds(5))["Version"].string ?? ""
    }

    func info() async throws -> DockerInfo {
        DockerInfo(try await call(.GET, "/info"))
    }

    /// The events of the containers that carry all `labels`, from `since` (nanoseconds since 1970; Docker remembers a few hundred events) or
    /// from now on.
    func events(since: Int? = nil, labels: [String]) async throws -> DockerStream<LineDecoder<DockerEvent>> {
        let filters: JSON = [
            "type": ["container"], "event": ["start", "die", "oom", "health_status", "destroy"], "label": JSON(labels),
        ]
        return try await stream(
            .GET, "/events", ["since": since.map(DockerTime.parameter), "filters": filters.text], decoder: LineDecoder { DockerEvent($0) })
    }

    func createVolume(name: String, driver: String = "local", options: [String: String] = [:], labels: [String: String] = [:]) async throws {
        let body: JSON = [
            "Name": .string(name), "Driver": .string(driver), "DriverOpts": Self.object(options), "Labels": Self.object(labels),
        ]
        try await call(.POST, "/volumes/create", body: body, within: .seconds(60))
    }

    func volumeExists(_ name: String) async throws -> Bool {
        do {
            try await call(.GET, "/volumes/\(Self.encode(name))")
            return true
        } catch let error as DockerError where error.status == 404 {
            return false
        }
    }

    /// Removes a volume; one that is gone already is no error.
    func removeVolume(_ name: String) async throws {
        do {
            try await call(.DELETE, "/volumes/\(Self.encode(name))", ["force": "true"], within: .seconds(60))
        } catch let error as DockerError where error.status == 404 {
            return
        }
    }

    /// The names of the volumes that carry all `labels`.
    func volumes(labels: [String]) async throws -> [String] {
        let filters: JSON = ["label": JSON(labels)]
        return try await call(.GET, "/volumes", ["filters": filters.text])["Volumes"].array.compactMap { $0["Name"].string }
    }

    private static func object(_ members: [String: String]) -> JSON {
        .object(JSONObject(uniqueKeysWithValues: members.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}
