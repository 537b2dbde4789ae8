import Foundation
import ServiceModel
import TestSupport
import Testing

@testable import AWS

@Suite struct FailureTests {
    @Test(arguments: [
        (
            StubAnswer(400, #"{"__type":"com.amazonaws.ecs#ClusterNotFoundException","message":"Cluster not found."}"#), "ClusterNotFoundException",
            "Cluster not found."
        ),
        (StubAnswer(400, #"{"__type":"ClientException","Message":"m"}"#), "ClientException", "m"),
        (
            StubAnswer(400, #"{"message":"m"}"#, headers: [("x-amzn-errortype", "AccessDeniedException:http://internal/")]), "AccessDeniedException",
            "m"
        ),
        (StubAnswer(403, "", headers: [("x-amzn-errortype", "ns#Denied")]), "Denied", "the service gave no message"),
    ])
    func `errors of JSON services are read`(answer: StubAnswer, code: String, message: String) async throws {
        let error = try await error(of: answer, .ecs, "ListClusters")
        #expect(error.kind == .service && error.code == code && error.message == message)
        #expect(error.service == "ecs" && error.operation == "ListClusters" && error.statusCode == answer.status)
    }

    @Test func `errors of Query services are read, with the request's id`() async throws {
        let xml = "<ErrorResponse><Error><Type>Sender</Type><Code>TargetGroupNotFound</Code><Message>gone</Message></Error></ErrorResponse>"
        let error = try await error(of: StubAnswer(400, xml, headers: [("x-amzn-RequestId", "r-1")]), .elbv2, "DescribeTargetGroups")
        #expect(error.description == "elbv2 DescribeTargetGroups: TargetGroupNotFound: gone (HTTP 400, request r-1)")
    }

    @Test(arguments: [
        (
            StubAnswer(404, "<html><body>\n<h1>Not   here</h1></body></html>"),
            #"answered "<html><body> <h1>Not here</h1></body></html>", which is no AWS error"#
        ),
        (StubAnswer(400), "answered nothing, which is no AWS error"),
        (StubAnswer(400, "[1]"), "which is no AWS error"),
        (
            StubAnswer(301, "", headers: [("Location", "https://elsewhere.example/")]),
            "redirects to https://elsewhere.example/, which is not followed"
        ),
        (StubAnswer(200, "<html>login</html>"), "which is no answer of ecs; is the endpoint right?"),
        (StubAnswer(200, "[]"), "which is no answer of ecs"),
    ])
    func `answers of something else name the endpoint and what it said`(answer: StubAnswer, message: String) async throws {
        let error = try await error(of: answer, .ecs, "ListClusters")
        #expect(error.description.contains(message), "\(error)")
        #expect(error.description.contains("http://127.0.0.1:") && error.description.contains("HTTP \(answer.status)"))
    }

    @Test func `no secret is in any error`() async throws {
        let error = try await error(of: StubAnswer(403, #"{"__type":"AccessDeniedException","message":"no"}"#), .ecs, "ListClusters")
        let credentials = Credentials(accessKeyID: "AKID", secretAccessKey: "top-secret", sessionToken: "session-secret")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(error)", "\(credentials)", String(reflecting: credentials), dumped] { #expect(!text.contains("secret")) }
    }

    @Test func `the deadline covers the whole answer, not only its head`() async throws {
        var slow = StubAnswer(200, #"{"clusterArns":[]}"#)
        slow.bodyDelay = .seconds(600)
        let error = try await error(of: slow, .ecs, "ListClusters") { $0.timeouts.answer = .milliseconds(200) }
        #expect(error.kind == .timeout && error.message.contains("did not answer within 0.2 seconds"), "\(error)")
    }

    @Test func `an answer that never begins times out`() async throws {
        var slow = StubAnswer()
        slow.delay = .seconds(600)
        #expect(try await error(of: slow, .ecs, "ListClusters") { $0.timeouts.answer = .milliseconds(200) }.kind == .timeout)
    }

    @Test func `an answer without end is cut off`() async throws {
        try await StubServer.run(answering: { _ in StubAnswer(200, String(repeating: "x", count: 2_000)) }) { server in
            let transport = HTTPTransport(connectTimeout: .seconds(5), certificateAuthorities: nil)
            let request = WireRequest(endpoint: try Endpoint(server.url, source: "test"))
            let error = await #expect(throws: TransportError.self) { _ = try await transport.send(request, timeout: .seconds(10), limit: 1_000) }
            #expect(error?.kind == .tooLarge)
            await transport.shutdown()
        }
    }

    @Test func `nobody listening is said plainly`() async throws {
        let port = try await StubServer.run(answering: { _ in StubAnswer() }) { $0.port }
        let error = try await error(endpoint: "http://127.0.0.1:\(port)") { _ in }
        #expect(error.kind == .connection && error.attempts == 4)
        #expect(error.message == "http://127.0.0.1:\(port) cannot be connected to: connection refused, check the address and the network", "\(error)")
    }

    @Test func `plain HTTP on the other side is no trusted connection`() async throws {
        try await StubServer.run(answering: { _ in StubAnswer() }) { server in
            let error = try await error(endpoint: "https://127.0.0.1:\(server.port)") { _ in }
            #expect(error.kind == .connection && error.attempts == 1, "\(error)")
            #expect(error.message.contains("no trusted connection"), "\(error)")
        }
    }

    @Test func `a certificate bundle that is not there is a setting to mend`() async throws {
        let error = try await error(endpoint: "https://127.0.0.1:1") { $0.certificateAuthorities = "/nowhere/ca.pem" }
        #expect(error.kind == .configuration && error.message.contains("/nowhere/ca.pem"))
    }

    @Test func `a call without a region, with a strange operation or after the shutdown explains itself`() async throws {
        let noRegion = try await error(endpoint: "http://127.0.0.1:1") { $0.region = nil }
        #expect(noRegion.kind == .configuration && noRegion.message.contains("set AWS_REGION"))
        let strange = try await error(endpoint: "http://127.0.0.1:1", operation: "MakeCoffee") { _ in }
        #expect(strange.description == "ecs MakeCoffee: the model of ecs has no such operation")
        let client = AWSClient(
            configuration: AWSConfiguration(region: "r", credentials: .fixed(Credentials(accessKeyID: "a", secretAccessKey: "b"))),
            logger: quietLogger)
        await client.shutdown()
        let late = await failure { () async throws(AWSError) in _ = try await client.call(.ecs, "ListClusters", [:]) }
        #expect(late?.kind == .cancelled)
    }

    private func error(
        of answer: StubAnswer, _ model: ServiceModel, _ operation: String, _ adjust: (inout AWSConfiguration) -> Void = { _ in }
    ) async throws -> AWSError {
        try await StubServer.run(answering: { _ in answer }) { server in
            try await withClient(
                server,
                {
                    $0.retry.attempts = 1
                    adjust(&$0)
                }
            ) { client in
                try #require(await failure { () async throws(AWSError) in _ = try await client.call(model, operation, [:]) })
            }
        }
    }

    private func error(endpoint: String, operation: String = "ListClusters", _ adjust: (inout AWSConfiguration) -> Void) async throws -> AWSError {
        var configuration = AWSConfiguration(
            region: "eu-west-1", credentials: .fixed(Credentials(accessKeyID: "AKID", secretAccessKey: "s")), endpoint: endpoint)
        configuration.retry.base = .milliseconds(1)
        adjust(&configuration)
        let client = AWSClient(configuration: configuration, logger: quietLogger)
        let error = await failure { () async throws(AWSError) in _ = try await client.call(.ecs, operation, [:]) }
        await client.shutdown()
        return try #require(error)
    }
}
