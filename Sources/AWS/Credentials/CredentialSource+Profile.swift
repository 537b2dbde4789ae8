extension CredentialSource {
    /// The source that a profile describes. What it leads to is only asked later.
    init(profile: Profile, environment: [String: String], shared: SharedConfiguration) {
        self = Self.source(of: profile, environment, shared, path: [])
    }

    /// - Parameter path: the profiles that led here, so that a circle is seen.
    private static func source(_ name: String, _ environment: [String: String], _ shared: SharedConfiguration, path: [String]) -> CredentialSource {
        guard let profile = shared.profiles[name] else {
            return .broken("the profile \"\(path.last ?? "")\" names the source_profile \"\(name)\", which does not exist")
        }
        // Keys end the chain, also in a profile that names itself as its source.
        if let keys = keys(of: profile) { return keys }
        guard !path.contains(name) else {
            return .broken("the source_profile entries go in a circle: \((path + [name]).joined(separator: " → "))")
        }
        return source(of: profile, environment, shared, path: path)
    }

    private static func source(
        of profile: Profile, _ environment: [String: String], _ shared: SharedConfiguration, path: [String]
    ) -> CredentialSource {
        let settings = profile.settings
        if let arn = settings["role_arn"] { return role(arn, of: profile, environment, shared, path: path) }
        if let keys = keys(of: profile) { return keys }
        if let command = settings["credential_process"] { return .process(CredentialProcess(command: command, environment: environment)) }
        if settings.keys.contains(where: { $0.hasPrefix("sso_") }) {
            return .broken(
                "the profile \"\(profile.name)\" signs in by SSO, which is not supported yet: write "
                    + "\"credential_process = aws configure export-credentials --profile \(profile.name)\" into a profile of its own and use that")
        }
        if shared.profiles[profile.name] == nil { return .absent("no such profile in \(shared.files.joined(separator: " or "))") }
        return .absent("it has no credentials in \(shared.files.joined(separator: " or "))")
    }

    private static func role(
        _ arn: String, of profile: Profile, _ environment: [String: String], _ shared: SharedConfiguration, path: [String]
    ) -> CredentialSource {
        let settings = profile.settings
        if let file = settings["web_identity_token_file"] {
            return .webIdentity(WebIdentity(roleARN: arn, sessionName: settings["role_session_name"], tokenFile: file))
        }
        if settings["mfa_serial"] != nil {
            return .broken("the profile \"\(profile.name)\" wants a code (mfa_serial), which cannot be asked for here: use credential_process")
        }
        let duration = settings["duration_seconds"]
        guard duration == nil || duration.flatMap(Int.init) != nil else {
            return .broken("duration_seconds of the profile \"\(profile.name)\" is no number: \"\(duration ?? "")\"")
        }
        let role = AssumedRole(
            roleARN: arn, sessionName: settings["role_session_name"], externalID: settings["external_id"], duration: duration.flatMap(Int.init))
        switch (settings["source_profile"], settings["credential_source"]) {
        case (.some, .some):
            return .broken("the profile \"\(profile.name)\" has both source_profile and credential_source")
        case (let name?, nil):
            let source = source(name, environment, shared, path: path + [profile.name])
            if case .broken = source { return source }
            return .role(role, from: source)
        case (nil, "Environment"): return .role(role, from: keys(in: environment))
        case (nil, "EcsContainer"): return .role(role, from: container(in: environment))
        case (nil, "Ec2InstanceMetadata"): return .role(role, from: instance(in: environment))
        case (nil, let other?):
            return .broken(
                "credential_source of the profile \"\(profile.name)\" must be Environment, EcsContainer or Ec2InstanceMetadata, not \"\(other)\"")
        case (nil, nil):
            return .broken("the profile \"\(profile.name)\" has role_arn, but neither source_profile nor credential_source")
        }
    }

    private static func keys(of profile: Profile) -> CredentialSource? {
        let settings = profile.settings
        switch (settings["aws_access_key_id"], settings["aws_secret_access_key"]) {
        case (nil, nil): return nil
        case (let id?, let secret?):
            return .fixed(Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: settings["aws_session_token"]))
        default: return .broken("the profile \"\(profile.name)\" has only one of aws_access_key_id and aws_secret_access_key")
        }
    }
}
