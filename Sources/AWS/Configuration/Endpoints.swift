import ServiceModel

/// Which endpoint each service has: the first of these that is set.
public struct Endpoints: Sendable {
    /// One URL for all services, from an argument.
    public var explicit: String?
    /// Settings in the order in which they count: name of the setting, service or nil for all, URL.
    var configured: [Setting] = []

    struct Setting: Sendable, Hashable {
        let source: String
        /// As in ``ServiceIdentity/settingID``; nil for all services.
        let service: String?
        let url: String
    }

    /// - Parameter explicit: one URL for all services; nil for AWS's own.
    public init(explicit: String? = nil) {
        self.explicit = explicit
    }

    init(explicit: String?, environment: [String: String], profile: Profile, shared: SharedConfiguration) {
        self.explicit = explicit
        let ignores = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ?? profile.settings["ignore_configured_endpoint_urls"]
        guard ignores?.lowercased() != "true" else { return }
        let prefix = "AWS_ENDPOINT_URL"
        for (name, url) in environment where name.hasPrefix("\(prefix)_") && !url.isEmpty {
            configured.append(Setting(source: name, service: String(name.dropFirst(prefix.count + 1)), url: url))
        }
        if let url = environment[prefix], !url.isEmpty { configured.append(Setting(source: prefix, service: nil, url: url)) }
        if let section = profile.settings["services"] {
            for (service, settings) in shared.services[section] ?? [:] {
                guard let url = settings["endpoint_url"] else { continue }
                configured.append(
                    Setting(source: "endpoint_url of \(service) in the section [services \(section)]", service: service.uppercased(), url: url))
            }
        }
        if let url = profile.settings["endpoint_url"] {
            configured.append(Setting(source: "endpoint_url of the profile \"\(profile.name)\"", service: nil, url: url))
        }
    }

    func endpoint(for model: ServiceModel, region: String) throws(AWSError) -> Endpoint {
        let identity = ServiceIdentity(model)
        if let explicit { return try Endpoint(explicit, source: "the endpoint") }
        if let setting = configured.first(where: { $0.service == nil || $0.service == identity.settingID }) {
            return try Endpoint(setting.url, source: setting.source)
        }
        guard !region.isEmpty,
            region.utf8.allSatisfy({
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "-")
            })
        else {
            throw AWSError(kind: .configuration, message: "\"\(region)\" is no region's name")
        }
        return try Endpoint("https://\(identity.endpointPrefix).\(region).\(Self.domain(of: region))", source: "the region")
    }

    private static func domain(of region: String) -> String {
        let domains = [
            "cn-": "amazonaws.com.cn", "us-iso-": "c2s.ic.gov", "us-isob-": "sc2s.sgov.gov", "us-isof-": "csp.hci.ic.gov",
            "eu-isoe-": "cloud.adc-e.uk", "eusc-": "amazonaws.eu",
        ]
        return domains.first { region.hasPrefix($0.key) }?.value ?? "amazonaws.com"
    }
}
