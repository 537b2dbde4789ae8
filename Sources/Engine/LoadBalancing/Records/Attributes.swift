import ServiceModel

/// The attributes of a kind of resource: their keys, defaults and what may be set.
protocol AttributeTable {
    /// As error messages name the resource: "Load balancer".
    static var resource: String { get }
    static var all: [String: AttributeKind] { get }
}

/// What the value of an attribute may be, and its default.
enum AttributeKind: Sendable {
    case boolean(Bool)
    case integer(Int, ClosedRange<Int>)
    /// Zero, or a value within the range.
    case zeroOr(ClosedRange<Int>)
    case choice([String])
    case text(String)

    /// The first choice is the default one.
    var defaultValue: String {
        switch self {
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value, _): String(value)
        case .zeroOr: "0"
        case .choice(let values): values.first ?? ""
        case .text(let value): value
        }
    }

    func allows(_ value: String) -> Bool {
        switch self {
        case .boolean: value == "true" || value == "false"
        case .integer(_, let range): Int(value).map(range.contains) ?? false
        case .zeroOr(let range): Int(value).map { $0 == 0 || range.contains($0) } ?? false
        case .choice(let values): values.contains(value)
        case .text: value.utf8.count <= 1024
        }
    }
}

extension AttributeTable {
    static func text(_ key: String, in attributes: [String: String]) -> String {
        attributes[key] ?? all[key]?.defaultValue ?? ""
    }

    static func integer(_ key: String, in attributes: [String: String]) -> Int { Int(text(key, in: attributes)) ?? 0 }

    /// All attributes as an API answer lists them.
    static func describe(_ attributes: [String: String]) -> JSON {
        .array(all.keys.sorted().map { ["Key": .string($0), "Value": .string(text($0, in: attributes))] })
    }

    /// The attributes after `changes`, a request's list of keys and values.
    static func apply(_ changes: JSON, to attributes: [String: String]) throws(EngineError) -> [String: String] {
        var result = attributes
        for change in changes.array {
            let key = change["Key"].string ?? ""
            let value = change["Value"].string ?? ""
            guard let kind = all[key] else { throw .validation("\(resource) attribute key '\(key)' is not recognized") }
            guard kind.allows(value) else { throw .validation("\(resource) attribute value '\(value)' for key '\(key)' is not valid") }
            result[key] = value
        }
        return result
    }
}

/// The attributes of an Application Load Balancer. The local data plane acts on the idle timeout and deletion protection.
enum LoadBalancerAttributes: AttributeTable {
    static let resource = "Load balancer"
    static let all: [String: AttributeKind] = [
        "access_logs.s3.bucket": .text(""),
        "access_logs.s3.enabled": .boolean(false),
        "access_logs.s3.prefix": .text(""),
        "client_keep_alive.seconds": .integer(3600, 60...604_800),
        "connection_logs.s3.bucket": .text(""),
        "connection_logs.s3.enabled": .boolean(false),
        "connection_logs.s3.prefix": .text(""),
        "deletion_protection.enabled": .boolean(false),
        "idle_timeout.timeout_seconds": .integer(60, 1...4000),
        "ipv6.deny_all_igw_traffic": .boolean(false),
        "load_balancing.cross_zone.enabled": .choice(["true"]),
        "routing.http.desync_mitigation_mode": .choice(["defensive", "monitor", "strictest"]),
        "routing.http.drop_invalid_header_fields.enabled": .boolean(false),
        "routing.http.preserve_host_header.enabled": .boolean(false),
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": .boolean(false),
        "routing.http.xff_client_port.enabled": .boolean(false),
        "routing.http.xff_header_processing.mode": .choice(["append", "preserve", "remove"]),
        "routing.http2.enabled": .boolean(true),
        "waf.fail_open.enabled": .boolean(false),
        "zonal_shift.config.enabled": .boolean(false),
    ]
}

/// The attributes of a target group. The local data plane acts on the delay, the algorithm and load balancer cookies.
enum TargetGroupAttributes: AttributeTable {
    static let resource = "Target group"
    static let all: [String: AttributeKind] = [
        "deregistration_delay.timeout_seconds": .integer(300, 0...3600),
        "load_balancing.algorithm.anomaly_mitigation": .choice(["off", "on"]),
        "load_balancing.algorithm.type": .choice(["round_robin", "least_outstanding_requests", "weighted_random"]),
        "load_balancing.cross_zone.enabled": .choice(["use_load_balancer_configuration", "true", "false"]),
        "slow_start.duration_seconds": .zeroOr(30...900),
        "stickiness.app_cookie.cookie_name": .text(""),
        "stickiness.app_cookie.duration_seconds": .integer(86_400, 1...604_800),
        "stickiness.enabled": .boolean(false),
        "stickiness.lb_cookie.duration_seconds": .integer(86_400, 1...604_800),
        "stickiness.type": .choice(["lb_cookie"]),
        "target_group_health.dns_failover.minimum_healthy_targets.count": .text("1"),
        "target_group_health.dns_failover.minimum_healthy_targets.percentage": .text("off"),
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": .text("1"),
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": .text("off"),
    ]
}
