import Foundation
import ServiceModel
import Synchronization
import TestSupport
import Testing

@testable import AWS

private let instanceDocument =
    #"{"Code":"Success","AccessKeyId":"IMDS","SecretAccessKey":"s","Token":"t","Expiration":"2999-01-01T00:00:00Z"}"#

/// The sources, asked for real: endpoints, STS and commands.
@Suite struct CredentialChainTests {
    @Test func `a role is assumed with the source's keys, a chained one with the first role's`() async throws {
        let config = """
            [profile base]
            aws_access_key_id = BASE
            aws_secret_access_key = s
            [profile first]
            role_arn = arn:first
            source_profile = base
            external_id = e&e
            duration_seconds = 900
            [profile second]
            role_arn = arn:second
            source_profile = first
            role_session_name = deploy
            region = eu-west-1
            """
        try await StubServer.run(answering: { request in
            let form = QueryProtocol.parseForm(request.body)
            return sts("AssumeRole", key: form["RoleArn"] == "arn:first" ? "FIRST" : "SECOND")
        }) { server in
            try await withShared(config: config) { environment in
                let credentials = try await found(environment, profile: "second", endpoint: server.url)
                #expect(credentials.accessKeyID == "SECOND" && credentials.sessionToken == "token" && credentials.expiry != nil)
            }
            let forms = server.requests.map { QueryProtocol.parseForm($0.body) }
            #expect(
                forms[0]["ExternalId"] == "e&e" && forms[0]["DurationSeconds"] == "900" && forms[0]["RoleSessionName"]?.hasPrefix("jubako-") == true)
            #expect(forms[1]["RoleSessionName"] == "deploy" && forms[1]["ExternalId"] == nil)
            #expect(server.requests.map { $0.header("authorization")?.firstMatch(of: /Credential=(\w+)/)?.1 } == ["BASE", "FIRST"])
        }
    }

    @Test func `a web identity token is exchanged without a signature`() async throws {
        try await withTemporaryDirectory { directory in
            let file = directory.appending(path: "token")
            try "header.payload.signature\n".write(to: file, atomically: true, encoding: .utf8)
            try await StubServer.run(answering: { _ in sts("AssumeRoleWithWebIdentity", key: "WEB") }) { server in
                let environment = [
                    "AWS_WEB_IDENTITY_TOKEN_FILE": file.path, "AWS_ROLE_ARN": "arn:web", "AWS_ROLE_SESSION_NAME": "ci", "AWS_REGION": "eu-west-1",
                    "HOME": directory.path,
                ]
                #expect(try await found(environment, endpoint: server.url).accessKeyID == "WEB")
                let request = try #require(server.requests.first)
                let form = QueryProtocol.parseForm(request.body)
                #expect(form["WebIdentityToken"] == "header.payload.signature" && form["RoleSessionName"] == "ci")
                #expect(request.header("authorization") == nil)
            }
        }
    }

    @Test func `a role that is denied stops the chain and keeps the reason`() async throws {
        let denial = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>"
        let config = """
            [default]
            role_arn = arn:first
            credential_source = Environment
            region = r
            """
        try await StubServer.run(answering: { _ in StubAnswer(403, denial) }) { server in
            try await withShared(config: config) { environment in
                let keys = ["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "hidden"]
                let failure = await refusal(environment.merging(keys) { $1 }, profile: "default", endpoint: server.url)
                #expect(
                    failure
                        == .refused(
                            "the credentials from profile \"default\" cannot be used: the role arn:first cannot be assumed: sts AssumeRole: AccessDenied: not you (HTTP 403)"
                        ))
            }
        }
    }

    @Test(
        arguments: [
            (#"echo '{"Version":1,"AccessKeyId":"P","SecretAccessKey":"hidden","SessionToken":"t"}'"#, nil),
            (#"echo "{\"Version\":1,\"AccessKeyId\":\"P\",\"SecretAccessKey\":\"$SECRET\"}""#, nil), ("exit 3", "ended with exited(3)"),
            ("echo 'please sign  in' >&2; exit 1", "please sign in"), ("echo '{}'", "did not print JSON with"),
            (#"echo '{"Version":1,"AccessKeyId":"P"}'"#, "without AccessKeyId and SecretAccessKey"), ("no-such-tool", "not found"),
            (#"echo '{"Version":1,"AccessKeyId":"P","SecretAccessKey":"hidden","Expiration":"soon"}'"#, "no ISO 8601 date"),
        ] as [(String, String?)])
    func `a command prints credentials`(command: String, complaint: String?) async throws {
        let process = CredentialProcess(command: command, environment: ["PATH": "/usr/bin:/bin", "SECRET": "hidden"])
        do throws(CredentialFailure) {
            let credentials = try await process.credentials()
            #expect(complaint == nil && credentials.accessKeyID == "P" && credentials.secretAccessKey == "hidden")
        } catch {
            #expect(complaint != nil && "\(error)".contains(complaint ?? "") && !"\(error)".contains("hidden"), "\(error)")
        }
    }

    @Test func `a command that does not end is stopped`() async throws {
        let process = CredentialProcess(command: "sleep 1000", environment: ["PATH": "/usr/bin:/bin"], timeout: .milliseconds(100))
        let failure = await #expect(throws: CredentialFailure.self) { _ = try await process.credentials() }
        #expect("\(String(describing: failure))".contains("did not end within 0.1 seconds"))
    }

    @Test func `a container's endpoint is asked with its token`() async throws {
        try await withTemporaryDirectory { directory in
            let file = directory.appending(path: "token")
            try "from-file\n".write(to: file, atomically: true, encoding: .utf8)
            let answers = Answers(StubAnswer(503), StubAnswer(200, instanceDocument))
            try await StubServer.run(answering: { _ in answers.next() }) { server in
                var environment = [
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url + "/creds?x=1", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "plain",
                    "HOME": directory.path,
                ]
                environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = server.url + "/creds"
                #expect(try await found(environment).accessKeyID == "IMDS")
                environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = file.path
                _ = try await found(environment)
                // On a busy machine an answer may come too late, and its request is sent again.
                let tokens = server.requests.map { $0.header("authorization") }
                #expect(tokens.prefix(2) == ["plain", "plain"] && tokens.last == "from-file" && Set(tokens) == ["plain", "from-file"])
                #expect(Set(server.requests.map(\.path)) == ["/creds"])
            }
        }
    }

    @Test(arguments: [
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.169.254/x"], "may be asked"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.evil.example/x"], "may be asked"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "file:///x"], "no http or https URL"),
        (["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "@evil/x"], "does not start with a slash"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1/x", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nb"], "control characters"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1/x", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/nowhere"], "/nowhere"),
    ])
    func `a container's endpoint that is not allowed gets no token`(variables: [String: String], reason: String) async throws {
        guard case .refused(let message) = await refusal(variables.merging(["HOME": "/nonexistent"]) { $1 }) else {
            Issue.record("not refused")
            return
        }
        #expect(message.contains(reason), "\(message)")
    }

    @Test func `an instance is asked with a session token of its own`() async throws {
        try await StubServer.run(answering: { request in
            switch request.path {
            case "/latest/api/token": StubAnswer(200, "session")
            case "/latest/meta-data/iam/security-credentials/": StubAnswer(200, "web-role\n")
            default: StubAnswer(200, instanceDocument)
            }
        }) { server in
            let credentials = try await found(["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url, "HOME": "/nonexistent"])
            #expect(credentials.accessKeyID == "IMDS" && credentials.sessionToken == "t")
            #expect(server.requests.map(\.method) == ["PUT", "GET", "GET"])
            #expect(server.requests.last?.path == "/latest/meta-data/iam/security-credentials/web-role")
            #expect(server.requests.last?.header("x-aws-ec2-metadata-token") == "session")
        }
    }

    @Test func `without credentials the error lists what was tried and why it did not answer`() async throws {
        let failure = await refusal(["HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true"])
        #expect(
            failure
                == .absent(
                    "no AWS credentials found, tried in this order: environment (AWS_ACCESS_KEY_ID is not set), "
                        + "web identity (AWS_WEB_IDENTITY_TOKEN_FILE is not set), "
                        + "profile \"default\" (no such profile in /nonexistent/.aws/config or /nonexistent/.aws/credentials), "
                        + "container (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and _FULL_URI are not set), instance (AWS_EC2_METADATA_DISABLED is true)"
                ))
    }

    private func sts(_ operation: String, key: String) -> StubAnswer {
        StubAnswer(
            200,
            """
            <\(operation)Response><\(operation)Result><Credentials><AccessKeyId>\(key)</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
            <SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></\(operation)Result></\(operation)Response>
            """)
    }

    private func found(_ environment: [String: String], profile: String? = nil, endpoint: String? = nil) async throws(CredentialFailure)
        -> Credentials
    {
        let configuration: AWSConfiguration
        do throws(AWSError) {
            configuration = try AWSConfiguration.resolve(environment: environment, profile: profile, endpoint: endpoint)
        } catch {
            throw .refused("\(error)")
        }
        let transport = HTTPTransport(connectTimeout: .seconds(1), certificateAuthorities: nil)
        let caller = ServiceCaller(
            transport: transport, endpoints: configuration.endpoints, region: configuration.region, profile: "default", retry: RetryPolicy(),
            timeouts: AWSTimeouts(), clock: ServiceClock(system: configuration.now), logger: quietLogger)
        let context = CredentialContext(transport: transport, caller: caller, now: configuration.now, logger: quietLogger)
        do throws(CredentialFailure) {
            let credentials = try await configuration.credentials.credentials(context)
            await transport.shutdown()
            return credentials
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    private func refusal(_ environment: [String: String], profile: String? = nil, endpoint: String? = nil) async -> CredentialFailure? {
        do throws(CredentialFailure) {
            _ = try await found(environment, profile: profile, endpoint: endpoint)
            return nil
        } catch {
            return error
        }
    }
}
