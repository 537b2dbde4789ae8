import ServiceModel

extension HealthCheckSettings {
    /// These settings with those that a `CreateTargetGroup` or `ModifyTargetGroup` request holds.
    func changed(by input: JSON) throws(EngineError) -> HealthCheckSettings {
        var settings = self
        let transport = input["HealthCheckProtocol"].string ?? "HTTP"
        guard transport == "HTTP" else { throw .unsupported("Health checks with protocol '\(transport)' are", "UnsupportedProtocol") }
        guard input["HealthCheckEnabled"].bool ?? true else {
            throw .validation("Health check enabled must be true for target groups with target type 'instance' or 'ip'")
        }
        if let port = input["HealthCheckPort"].string {
            settings.port = Int(port)
            guard port == "traffic-port" || settings.port.map((1...65_535).contains) == true else {
                throw .validation("Health check port '\(port)' must be 'traffic-port' or in the range of 1-65535 inclusive")
            }
        }
        if let path = input["HealthCheckPath"].string {
            guard path.hasPrefix("/"), path.count <= 1024, path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw .validation(
                    "Health check path '\(path)' must begin with a '/' character and can only contain printable ASCII characters without white space")
            }
            settings.path = path
        }
        if !input["Matcher"].isNull {
            let text = input["Matcher"]["HttpCode"].string ?? ""
            guard let matcher = StatusMatcher(text) else {
                throw .validation("Health check matcher HTTP code '\(text)' must be within '200-499' inclusive")
            }
            settings.matcher = matcher
        }
        settings.interval = try read(input, "HealthCheckIntervalSeconds", 5...300) ?? interval
        settings.timeout = try read(input, "HealthCheckTimeoutSeconds", 2...120) ?? timeout
        settings.healthyThreshold = try read(input, "HealthyThresholdCount", 2...10) ?? healthyThreshold
        settings.unhealthyThreshold = try read(input, "UnhealthyThresholdCount", 2...10) ?? unhealthyThreshold
        guard settings.timeout < settings.interval else {
            throw .validation("Health check timeout '\(settings.timeout)' must be smaller than the interval '\(settings.interval)'")
        }
        return settings
    }

    private func read(_ input: JSON, _ key: String, _ range: ClosedRange<Int>) throws(EngineError) -> Int? {
        guard let value = input[key].int else { return nil }
        let name = key.prefix(1).lowercased() + key.dropFirst()
        let bound = value < range.lowerBound ? "greater than or equal to \(range.lowerBound)" : "less than or equal to \(range.upperBound)"
        guard range.contains(value) else {
            throw .validation(
                "1 validation error detected: Value '\(value)' at '\(name)' failed to satisfy constraint: Member must have value \(bound)")
        }
        return value
    }
}
