import Foundation
import ServiceModel
import Synchronization
import TestSupport
import Testing

@testable import AWS

@Suite struct AWSClientTests {
    @Test func `a JSON call has its target, its body and a signature over what is sent`() async throws {
        try await StubServer.run(answering: { _ in StubAnswer(200, #"{"services":[{"serviceName":"a"}]}"#) }) { server in
            let output = try await withClient(server) { client in
                try await client.call(.ecs, "DescribeServices", ["cluster": "c", "services": ["a"]])
            }
            #expect(output["services"][0]["serviceName"] == "a")
            let request = try #require(server.requests.first)
            #expect(request.method == "POST" && request.path == "/")
            #expect(request.header("x-amz-target") == "AmazonEC2ContainerServiceV20141113.DescribeServices")
            #expect(request.header("content-type") == "application/x-amz-json-1.1")
            #expect(request.body == #"{"cluster":"c","services":["a"]}"#)
            try checkSignature(of: request, service: "ecs")
        }
    }

    @Test func `a Query call sends a form and reads XML`() async throws {
        let xml = """
            <DescribeTargetGroupsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetGroupsResult>
            <TargetGroups><member><TargetGroupName>a&amp;b</TargetGroupName><Port>80</Port></member></TargetGroups>
            </DescribeTargetGroupsResult></DescribeTargetGroupsResponse>
            """
        try await StubServer.run(answering: { _ in StubAnswer(200, xml) }) { server in
            let output = try await withClient(server) { client in
                try await client.call(.elbv2, "DescribeTargetGroups", ["Names": ["a b", "c"]])
            }
            #expect(output["TargetGroups"][0] == ["TargetGroupName": "a&b", "Port": 80])
            let request = try #require(server.requests.first)
            #expect(request.body == "Action=DescribeTargetGroups&Version=2015-12-01&Names.member.1=a%20b&Names.member.2=c")
            try checkSignature(of: request, service: "elasticloadbalancing")
        }
    }

    @Test func `connections are kept for the next call`() async throws {
        try await StubServer.run(answering: { _ in StubAnswer(200, "{}") }) { server in
            try await withClient(server) { client in
                for _ in 0..<20 { _ = try await client.call(.ecs, "ListClusters", [:]) }
            }
            #expect(server.requests.count == 20)
            #expect(Set(server.requests.map(\.peer)).count < 5)
        }
    }

    @Test func `an endpoint's own path is kept and signed`() async throws {
        try await StubServer.run(answering: { _ in StubAnswer(200, "{}") }) { server in
            try await withClient(server, { $0.endpoints.explicit = server.url + "/aws%20here/" }) { client in
                _ = try await client.call(.ecs, "ListClusters", [:])
            }
            #expect(server.requests.first?.path == "/aws%20here/")
            try checkSignature(of: try #require(server.requests.first), service: "ecs")
        }
    }

    @Test func `RunTask gets one client token for all attempts, unless it has one`() async throws {
        let answers = Answers(StubAnswer(503), StubAnswer(200, "{}"))
        try await StubServer.run(answering: { _ in answers.next() }) { server in
            try await withClient(server) { client in
                _ = try await client.call(.ecs, "RunTask", ["taskDefinition": "t"])
                _ = try await client.call(.ecs, "RunTask", ["taskDefinition": "t", "clientToken": "mine"])
            }
            let tokens = try server.requests.map { try JSON(parsing: $0.body)["clientToken"].string }
            #expect(tokens.count == 3 && tokens[0] == tokens[1] && tokens[0]?.count == 36 && tokens[2] == "mine")
        }
    }

    @Test(arguments: [
        (ServiceModel.ecs, "ListServices", ["nextToken"], "services", #"{"services":[1],"nextToken":"x"}"#, #"{"services":[2]}"#),
        (ServiceModel.ecs, "ListServices", ["nextToken"], "services", #"{"services":[1],"nextToken":"x"}"#, #"{"services":[2],"nextToken":"x"}"#),
        (
            ServiceModel.logs, "DescribeLogGroups", ["nextToken"], "logGroups", #"{"logGroups":[1],"nextToken":"x"}"#,
            #"{"logGroups":[2],"nextToken":""}"#
        ),
    ])
    func `pages are followed until there is no new token`(
        model: ServiceModel, operation: String, token: [String], items: String, first: String, second: String
    ) async throws {
        let answers = Answers(StubAnswer(200, first), StubAnswer(200, second))
        try await StubServer.run(answering: { _ in answers.next() }) { server in
            let all = try await withClient(server) { client in try await client.pages(model, operation, .null, items: items) }
            #expect(all == [1, 2])
            #expect(server.requests.map(\.body) == ["{}", #"{"\#(token[0])":"x"}"#])
        }
    }

    @Test func `pages of ELB follow the marker`() async throws {
        func page(_ name: String, _ marker: String) -> StubAnswer {
            StubAnswer(
                200,
                """
                <R><DescribeLoadBalancersResult><LoadBalancers><member><LoadBalancerName>\(name)</LoadBalancerName></member></LoadBalancers>\
                \(marker)</DescribeLoadBalancersResult></R>
                """)
        }
        let answers = Answers(page("a", "<NextMarker>m</NextMarker>"), page("b", ""))
        try await StubServer.run(answering: { _ in answers.next() }) { server in
            let all = try await withClient(server) { client in
                try await client.pages(.elbv2, "DescribeLoadBalancers", [:], items: "LoadBalancers")
            }
            #expect(all.map { $0["LoadBalancerName"].string } == ["a", "b"])
            #expect(server.requests.last?.body.hasSuffix("&Marker=m") == true)
        }
    }

    /// Recomputes the signature from what arrived.
    private func checkSignature(of request: StubRequest, service: String) throws {
        let authorization = try #require(request.header("authorization"))
        let date = try #require(request.header("x-amz-date"))
        let signed = try #require(authorization.firstMatch(of: /SignedHeaders=([^,]*)/)).1.split(separator: ";").map(String.init)
        #expect(
            signed.contains("host") && signed.contains("x-amz-date") && signed.contains("x-amz-security-token") && signed.contains("content-type"))
        let headers = request.headers.filter { signed.contains($0.name) }
        let covered = SigV4.Request(method: request.method, path: request.path, headers: headers, body: Array(request.body.utf8))
        let expected = SigV4(region: "eu-west-1", service: service, date: date)
            .authorization(covered, accessKeyID: "AKID", secretAccessKey: "top-secret")
        #expect(authorization == expected)
    }
}
