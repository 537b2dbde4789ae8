import Foundation
import ServiceModel
import TestSupport
import Testing

@testable import AWS

/// The environment of a person whose home folder holds these two files.
func withShared(
    config: String = "", credentials: String = "", _ body: ([String: String]) async throws -> Void
) async throws {
    try await withTemporaryDirectory { home in
        let folder = home.appending(path: ".aws")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try config.write(to: folder.appending(path: "config"), atomically: true, encoding: .utf8)
        try credentials.write(to: folder.appending(path: "credentials"), atomically: true, encoding: .utf8)
        try await body(["HOME": home.path, "PATH": "/usr/bin:/bin", "AWS_EC2_METADATA_DISABLED": "true"])
    }
}

@Suite struct ConfigurationTests {
    @Test func `a shared file is read with its comments, nested settings and odd spacing`() throws {
        let file = try INIFile(
            """
            # first
            [default]
            region=eu-west-1   # ours
            ; another
            [ profile  "dev" ]  # comment
            Region = us-east-1
            s3 =
              max_concurrent_requests = 20
              endpoint_url = http://s3
            credential_process = sh -c "a ; b" # c
            empty =
            secret = a=b#c
            [default]
            output = json
            """, path: "config")
        #expect(file.sections["default"]?.settings == ["region": "eu-west-1", "output": "json"])
        let dev = try #require(file.sections["profile dev"])
        #expect(
            dev.settings == [
                "region": "us-east-1", "s3": "", "credential_process": #"sh -c "a ; b" # c"#, "empty": "", "secret": "a=b#c",
            ])
        #expect(dev.nested == ["s3": ["max_concurrent_requests": "20", "endpoint_url": "http://s3"]])
    }

    @Test(arguments: [("[a\nb=c", 1), ("x = y", 1), ("[a]\n\nno equals", 3), ("[a]\nb =\n  no equals", 3), ("[a]\n= x", 2)])
    func `a broken shared file is refused with its line`(text: String, line: Int) {
        let error = #expect(throws: AWSError.self) { try INIFile(text, path: "/home/me/.aws/config") }
        #expect(error?.message.hasPrefix("/home/me/.aws/config:\(line): ") == true)
    }

    @Test(
        arguments: [
            (["AWS_REGION": "a", "AWS_DEFAULT_REGION": "b"], nil, "a"), (["AWS_REGION": "", "AWS_DEFAULT_REGION": "b"], nil, "b"),
            (["AWS_REGION": "a"], "argument", "argument"), ([:], nil, "from-default"), (["AWS_PROFILE": "dev"], nil, "from-dev"),
            (["AWS_PROFILE": "bare"], nil, nil),
        ] as [([String: String], String?, String?)])
    func `the region comes from argument, environment, profile, and from nowhere else`(
        variables: [String: String], argument: String?, expected: String?
    ) async throws {
        try await withShared(
            config: "[default]\nregion = from-default\n[profile dev]\nregion = from-dev\n[profile bare]\noutput = json"
        ) { environment in
            let merged = environment.merging(variables) { $1 }
            let configuration = try AWSConfiguration.resolve(environment: merged, region: argument)
            #expect(configuration.region == expected)
        }
    }

    @Test(
        arguments: [
            ([:], ServiceModel.ecs, "http://profile"), ([:], .elbv2, "http://elb:81"), (["AWS_ENDPOINT_URL": "http://all/"], .elbv2, "http://all"),
            (["AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_ECS": "http://ecs:7701"], .ecs, "http://ecs:7701"),
            (["AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2": "http://lb"], .elbv2, "http://lb"),
            (["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": "http://logs", "AWS_ENDPOINT_URL_STS": "http://sts"], .logs, "http://logs"),
            (["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL": "http://all"], .logs, "https://logs.eu-west-1.amazonaws.com"),
            (["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"], .elbv2, "https://elasticloadbalancing.eu-west-1.amazonaws.com"),
        ] as [([String: String], ServiceModel, String)])
    func `endpoints come from the most special setting`(variables: [String: String], model: ServiceModel, expected: String) async throws {
        let config = """
            [default]
            endpoint_url = http://profile
            services = mine
            [services mine]
            elastic_load_balancing_v2 =
              endpoint_url = http://elb:81
            """
        try await withShared(config: config) { environment in
            let configuration = try AWSConfiguration.resolve(environment: environment.merging(variables) { $1 })
            #expect(try configuration.endpoints.endpoint(for: model, region: "eu-west-1").origin == expected)
            let explicit = try AWSConfiguration.resolve(environment: environment.merging(variables) { $1 }, endpoint: "http://mine:1")
            #expect(try explicit.endpoints.endpoint(for: model, region: "eu-west-1").origin == "http://mine:1")
        }
    }

    @Test(
        arguments: [
            ("cn-north-1", "https://ecs.cn-north-1.amazonaws.com.cn"), ("us-gov-west-1", "https://ecs.us-gov-west-1.amazonaws.com"),
            ("us-iso-east-1", "https://ecs.us-iso-east-1.c2s.ic.gov"), ("evil.example/", nil), ("", nil),
        ] as [(String, String?)])
    func `each partition has its domain`(region: String, origin: String?) {
        #expect((try? Endpoints().endpoint(for: .ecs, region: region))?.origin == origin)
    }

    @Test(
        arguments: [
            ("http://[::1]:80/x/", "http://[::1]", "[::1]", "/x"), ("HTTPS://a.example:443", "https://a.example", "a.example", ""),
            ("https://a.example:8443", "https://a.example:8443", "a.example:8443", ""), ("ftp://a", nil, "", ""), ("localhost:4566", nil, "", ""),
            ("http://user:password@a", nil, "", ""), ("", nil, "", ""), ("http://", nil, "", ""), ("http://a/?x", nil, "", ""),
        ] as [(String, String?, String, String)])
    func `endpoints are http or https URLs`(text: String, origin: String?, hostHeader: String, path: String) {
        let endpoint = try? Endpoint(text, source: "test")
        #expect(endpoint?.origin == origin)
        if let endpoint { #expect(endpoint.hostHeader == hostHeader && endpoint.path == path) }
    }

    @Test func `a profile that does not exist is refused, and the known ones are named`() async throws {
        try await withShared(config: "[profile dev]\nregion = x", credentials: "[ops]\naws_access_key_id = a") { environment in
            let error = #expect(throws: AWSError.self) { try AWSConfiguration.resolve(environment: environment, profile: "prod") }
            #expect(
                error?.message.contains("the profile \"prod\" is neither in ") == true && error?.message.hasSuffix("which have: dev, ops") == true)
            #expect(throws: AWSError.self) { try AWSConfiguration.resolve(environment: environment.merging(["AWS_PROFILE": "x"]) { $1 }) }
        }
    }

    @Test func `attempts and the certificate bundle are read`() async throws {
        try await withShared(config: "[default]\nmax_attempts = 7\nca_bundle = /a.pem") { environment in
            let configuration = try AWSConfiguration.resolve(environment: environment)
            #expect(configuration.retry.attempts == 7 && configuration.certificateAuthorities == "/a.pem")
            let overridden = try AWSConfiguration.resolve(
                environment: environment.merging(["AWS_CA_BUNDLE": "/b.pem", "AWS_MAX_ATTEMPTS": "1"]) { $1 })
            #expect(overridden.retry.attempts == 1 && overridden.certificateAuthorities == "/b.pem")
            #expect(throws: AWSError.self) { try AWSConfiguration.resolve(environment: environment.merging(["AWS_MAX_ATTEMPTS": "none"]) { $1 }) }
        }
    }
}
