import Foundation
import ServiceModel
import TestSupport
import Testing

@testable import AWS

private func fixed(_ id: String, _ secret: String = "s", token: String? = nil) -> CredentialSource {
    .fixed(Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
}

private func role(_ name: String, duration: Int? = nil, externalID: String? = nil, sessionName: String? = nil) -> AssumedRole {
    AssumedRole(roleARN: name, sessionName: sessionName, externalID: externalID, duration: duration)
}

/// Which source a profile leads to; nothing is asked here.
@Suite struct CredentialSourceTests {
    private static let files = """
        [default]
        aws_access_key_id = D
        aws_secret_access_key = s
        [profile token]
        aws_access_key_id = T
        aws_secret_access_key = s
        aws_session_token = t
        [profile half]
        aws_access_key_id = H
        [profile role]
        role_arn = arn:role
        source_profile = default
        external_id = e
        role_session_name = n
        duration_seconds = 900
        [profile chained]
        role_arn = arn:second
        source_profile = role
        [profile itself]
        role_arn = arn:role
        source_profile = itself
        aws_access_key_id = I
        aws_secret_access_key = s
        [profile circle]
        role_arn = a
        source_profile = circle2
        [profile circle2]
        role_arn = b
        source_profile = circle
        [profile lost]
        role_arn = a
        source_profile = nowhere
        [profile env]
        role_arn = a
        credential_source = Environment
        [profile task]
        role_arn = a
        credential_source = EcsContainer
        [profile odd]
        role_arn = a
        credential_source = Heaven
        [profile alone]
        role_arn = a
        [profile both]
        role_arn = a
        source_profile = default
        credential_source = Environment
        [profile web]
        role_arn = a
        web_identity_token_file = /token
        [profile process]
        credential_process = /bin/tool --x
        [profile sso]
        sso_session = corp
        sso_account_id = 1
        [profile mfa]
        role_arn = a
        mfa_serial = arn:mfa
        source_profile = default
        [profile duration]
        role_arn = a
        source_profile = default
        duration_seconds = long
        [profile nothing]
        region = x
        """

    @Test(
        arguments: [
            ("default", fixed("D")), ("token", fixed("T", token: "t")),
            ("role", .role(role("arn:role", duration: 900, externalID: "e", sessionName: "n"), from: fixed("D"))),
            ("chained", .role(role("arn:second"), from: .role(role("arn:role", duration: 900, externalID: "e", sessionName: "n"), from: fixed("D")))),
            ("itself", .role(role("arn:role"), from: fixed("I"))), ("env", .role(role("a"), from: fixed("E"))),
            ("task", .role(role("a"), from: .absent("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and _FULL_URI are not set"))),
            ("web", .webIdentity(WebIdentity(roleARN: "a", sessionName: nil, tokenFile: "/token"))),
        ] as [(String, CredentialSource)])
    func `a profile leads to its source`(profile: String, expected: CredentialSource) async throws {
        #expect(try await source(profile) == expected)
    }

    @Test(arguments: [
        ("half", "only one of aws_access_key_id and aws_secret_access_key"), ("circle", "in a circle: circle → circle2 → circle"),
        ("lost", "names the source_profile \"nowhere\", which does not exist"), ("odd", "not \"Heaven\""),
        ("alone", "neither source_profile nor credential_source"), ("both", "both source_profile and credential_source"),
        ("sso", "SSO, which is not supported yet"), ("mfa", "use credential_process"), ("duration", "is no number: \"long\""),
    ])
    func `a profile that cannot work says why`(profile: String, reason: String) async throws {
        guard case .broken(let message) = try await source(profile) else {
            Issue.record("\(profile) is not refused")
            return
        }
        #expect(message.contains(reason), "\(message)")
    }

    @Test func `a profile without credentials is passed over, one with a command keeps the command`() async throws {
        guard case .absent = try await source("nothing"), case .process(let process) = try await source("process") else {
            Issue.record("unexpected source")
            return
        }
        #expect(process.command == "/bin/tool --x")
    }

    @Test(
        arguments: [
            (["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_SESSION_TOKEN": ""], fixed("a", "b")),
            (["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_SESSION_TOKEN": "t"], fixed("a", "b", token: "t")),
            (["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""], .absent("AWS_ACCESS_KEY_ID is not set")),
            (["AWS_ACCESS_KEY_ID": "a"], .broken("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not")),
            (["AWS_SECRET_ACCESS_KEY": "b"], .broken("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not")),
        ] as [([String: String], CredentialSource)])
    func `keys of the environment are taken whole or refused`(environment: [String: String], expected: CredentialSource) {
        #expect(CredentialSource.keys(in: environment) == expected)
    }

    @Test func `the environment comes before the profile, unless the profile is an argument`() async throws {
        try await withShared(config: Self.files) { environment in
            let environment = environment.merging(["AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "s", "AWS_PROFILE": "role"]) { $1 }
            let byVariable = try AWSConfiguration.resolve(environment: environment).credentials.links.map(\.name)
            #expect(byVariable == ["environment", "web identity", "profile \"role\"", "container", "instance"])
            let byArgument = try AWSConfiguration.resolve(environment: environment, profile: "token").credentials.links.map(\.name)
            #expect(byArgument == ["profile \"token\"", "container", "instance"])
        }
    }

    @Test func `the credentials file wins over the config file`() async throws {
        try await withShared(
            config: "[default]\naws_access_key_id = A\naws_secret_access_key = s\nregion = r",
            credentials: "[default]\naws_access_key_id = B\naws_secret_access_key = s"
        ) { environment in
            let configuration = try AWSConfiguration.resolve(environment: environment)
            #expect(configuration.credentials.links[2].source == fixed("B") && configuration.region == "r")
        }
    }

    private func source(_ profile: String) async throws -> CredentialSource {
        var found: CredentialSource?
        try await withShared(config: Self.files) { environment in
            let environment = environment.merging(["AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "s"]) { $1 }
            found = try AWSConfiguration.resolve(environment: environment, profile: profile).credentials.links.first?.source
        }
        return try #require(found)
    }
}
