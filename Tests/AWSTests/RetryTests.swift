import Foundation
import ServiceModel
import Synchronization
import TestSupport
import Testing

@testable import AWS

private func refusal(_ status: Int, _ code: String, headers: [(name: String, value: String)] = []) -> StubAnswer {
    StubAnswer(status, #"{"__type":"\#(code)","message":"no"}"#, headers: headers)
}

@Suite struct RetryTests {
    @Test(arguments: [
        (refusal(400, "ThrottlingException"), 4), (refusal(400, "RequestLimitExceeded"), 4), (refusal(400, "TooManyRequestsException"), 4),
        (refusal(500, "ServerException"), 4), (StubAnswer(503, "<html>busy</html>"), 4), (StubAnswer(429), 4), (StubAnswer(502), 4),
        (refusal(400, "InvalidParameterException"), 1), (refusal(404, "ClusterNotFoundException"), 1), (StubAnswer(501), 1),
        (refusal(503, "SlowDown", headers: [("Retry-After", "100000")]), 1),
        (refusal(400, "SignatureDoesNotMatch"), 1),
    ])
    func `what may pass is tried again, what will not is not`(answer: StubAnswer, attempts: Int) async throws {
        try await StubServer.run(answering: { _ in answer }) { server in
            try await withClient(server) { client in
                let error = await failure { () async throws(AWSError) in _ = try await client.call(.ecs, "ListClusters", [:]) }
                #expect(error?.attempts == attempts)
                #expect(error?.statusCode == answer.status)
            }
            #expect(server.requests.count == attempts)
        }
    }

    @Test func `a connection that breaks in the middle of an answer is tried again`() async throws {
        var cut = StubAnswer(200, #"{"clusterArns":[]}"#)
        cut.isCut = true
        let answers = Answers(cut, StubAnswer(200, #"{"clusterArns":["a"]}"#))
        try await StubServer.run(answering: { _ in answers.next() }) { server in
            let output = try await withClient(server) { client in try await client.call(.ecs, "ListClusters", [:]) }
            #expect(output["clusterArns"] == ["a"])
            #expect(server.requests.count == 2)
        }
    }

    @Test func `every attempt is signed anew, with the service's clock after it refused ours`() async throws {
        let answers = Answers(refusal(403, "RequestTimeTooSkewed"), StubAnswer(200, "{}"))  // the stub's header Date is the real one
        try await StubServer.run(answering: { _ in answers.next() }) { server in
            try await withClient(server, { $0.now = { Date(timeIntervalSince1970: 1_704_067_200) } }) { client in
                _ = try await client.call(.ecs, "ListClusters", [:])
                _ = try await client.call(.ecs, "ListClusters", [:])
            }
            let years = server.requests.map { $0.header("x-amz-date")?.prefix(4) }
            #expect(years.first == "2024" && years.count == 3 && years[1] == years[2] && years[1] != "2024")
            #expect(server.requests[0].header("authorization") != server.requests[1].header("authorization"))
        }
    }

    @Test func `credentials that the service calls expired are fetched again`() async throws {
        let answers = Answers(refusal(400, "ExpiredTokenException"), StubAnswer(200, "{}"))
        try await withTemporaryDirectory { directory in
            let count = directory.appending(path: "count").path
            let command =
                #"echo x >> \#(count); n=$(wc -l < \#(count)); echo "{\"Version\":1,\"AccessKeyId\":\"AK$n\",\"SecretAccessKey\":\"s\",\"Expiration\":\"2999-01-01T00:00:00Z\"}""#
            let chain = CredentialChain(links: [
                .init(name: "test", source: .process(CredentialProcess(command: command, environment: ["PATH": "/usr/bin:/bin"])))
            ])
            try await StubServer.run(answering: { _ in answers.next() }) { server in
                try await withClient(server, { $0.credentials = chain }) { client in _ = try await client.call(.ecs, "ListClusters", [:]) }
                let keys = server.requests.map { $0.header("authorization")?.firstMatch(of: /Credential=(\w+)/)?.1 }
                #expect(keys == ["AK1", "AK2"])
            }
        }
    }

    @Test(
        arguments: [
            (AttemptFailure.Cause.transient, nil, 1, 0.1), (.transient, nil, 3, 0.4), (.throttling, nil, 1, 1.0), (.throttling, nil, 3, 4.0),
            (.throttling, 7.0, 1, 7.0), (.transient, 0, 3, 0), (.final, 7, 1, nil), (.transient, nil, 4, nil), (.throttling, 121, 1, nil),
            (.wrongClock, nil, 1, 0), (.expiredCredentials, nil, 2, 0.2),
        ] as [(AttemptFailure.Cause, Double?, Int, Double?)])
    func `waits grow, the service's own wish wins`(cause: AttemptFailure.Cause, retryAfter: Double?, attempt: Int, longest: Double?) {
        let failure = AttemptFailure(
            error: AWSError(kind: .service, message: ""), cause: cause, retryAfter: retryAfter.map { .seconds($0) })
        #expect(RetryPolicy().wait(after: failure, attempt: attempt, random: 1) == longest.map { .seconds($0) })
    }

    @Test func `no wait of our own is longer than the cap`() {
        var policy = RetryPolicy()
        policy.attempts = 100
        let failure = AttemptFailure(error: AWSError(kind: .service, message: ""), cause: .throttling)
        #expect(policy.wait(after: failure, attempt: 60, random: 1) == .seconds(20))
        #expect(policy.wait(after: failure, attempt: 60, random: 0) == .zero)
    }

    @Test(
        arguments: [("3", 3.0), ("Mon, 01 Jan 2024 00:00:30 GMT", 30.0), ("Sun, 31 Dec 2023 00:00:00 GMT", 0), ("-1", nil), ("soon", nil)]
            as [(String, Double?)])
    func `Retry-After is seconds or a date`(text: String, seconds: Double?) {
        let answer = WireAnswer(status: 503, headers: [("Retry-After", text)], body: [])
        #expect(answer.retryAfter(now: Date(timeIntervalSince1970: 1_704_067_200)) == seconds.map { .seconds($0) })
    }

    @Test func `cancelling the task ends the call, also while it waits for its next attempt`() async throws {
        try await StubServer.run(answering: { _ in refusal(503, "SlowDown", headers: [("Retry-After", "100")]) }) { server in
            try await withClient(server) { client in
                let error = await withTaskGroup(of: AWSError?.self) { group in
                    group.addTask { await failure { () async throws(AWSError) in _ = try await client.call(.ecs, "ListClusters", [:]) } }
                    while server.requests.isEmpty { await Task.yield() }
                    group.cancelAll()
                    return await group.next() ?? nil
                }
                #expect(error?.kind == .cancelled)
            }
            #expect(server.requests.count == 1)
        }
    }
}
