import Foundation
import ServiceModel
import Testing

@testable import AWS

private let suite: [JSON] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/sigv4-test-suite.json")
    return (try? Data(contentsOf: file)).flatMap { try? JSON(parsing: $0) }?["cases"].array ?? []
}()

@Suite struct SigV4Tests {
    @Test func `the published suite is complete`() {
        #expect(suite.count == 34)
    }

    @Test(arguments: suite) func `each step gives what AWS published`(vector: JSON) throws {
        let text = try #require(vector["request"].string)
        var request = try request(text)
        if vector["name"] == "get-vanilla-with-session-token" {  // the suite leaves the token to the signer
            request.headers.append(("X-Amz-Security-Token", "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267"))
        }
        let signature = SigV4(region: "us-east-1", service: "service", date: "20150830T123600Z")
        let name = vector["name"].string ?? ""
        #expect(signature.canonicalRequest(request) == vector["canonicalRequest"].string, "\(name)")
        #expect(signature.stringToSign(vector["canonicalRequest"].string ?? "") == vector["stringToSign"].string, "\(name)")
        let authorization = signature.authorization(
            request, accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        #expect(authorization == vector["authorization"].string, "\(name)")
    }

    @Test func `the documented IAM ListUsers example has the documented signature`() {
        let signature = SigV4(region: "us-east-1", service: "iam", date: "20150830T123600Z")
        let request = SigV4.Request(
            method: "GET", path: "/", query: [("Action", "ListUsers"), ("Version", "2010-05-08")],
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), ("Host", "iam.amazonaws.com"),
                ("X-Amz-Date", "20150830T123600Z"),
            ],
            body: [])
        let stringToSign = signature.stringToSign(signature.canonicalRequest(request))
        #expect(
            signature.signature(stringToSign, secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
                == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
    }

    @Test func `a path that is encoded on the wire is encoded once more`() {
        let signature = SigV4(region: "us-east-1", service: "service", date: "20150830T123600Z")
        let request = SigV4.Request(method: "GET", path: "/a%20b", headers: [("host", "h")], body: [])
        #expect(signature.canonicalRequest(request).hasPrefix("GET\n/a%2520b\n"))
    }

    /// Reads the suite's request files: a request line, headers (a line that starts with a blank goes on), a body.
    private func request(_ text: String) throws -> SigV4.Request {
        let parts = text.split(separator: "\n\n", maxSplits: 1)
        var lines = parts[0].split(separator: "\n")
        let line = lines.removeFirst().dropLast(" HTTP/1.1".count)
        let method = try #require(line.split(separator: " ").first)
        let target = line.dropFirst(method.count + 1).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = (target.count > 1 ? target[1].split(separator: "&") : []).map { field in
            let sides = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0).removingPercentEncoding ?? "" }
            return (name: sides[0], value: sides.count > 1 ? sides[1] : "")
        }
        var headers: [(name: String, value: String)] = []
        for line in lines {
            if line.first == " " {
                headers[headers.count - 1].value += " " + line.drop(while: { $0 == " " })
            } else {
                let sides = line.split(separator: ":", maxSplits: 1)
                headers.append((String(sides[0]), sides.count > 1 ? String(sides[1]) : ""))
            }
        }
        let body = parts.count > 1 ? Array(parts[1].utf8) : []
        return SigV4.Request(method: String(method), path: String(target[0]), query: query, headers: headers, body: body)
    }
}

@Suite struct AWSDateTests {
    @Test(arguments: [
        (0.0, "19700101T000000Z"), (951_782_399.9, "20000228T235959Z"), (951_868_799, "20000229T235959Z"), (1_440_938_160, "20150830T123600Z"),
        (4_107_542_400, "21000301T000000Z"), (-1, "19691231T235959Z"),
    ])
    func `dates are written as signatures want them`(seconds: Double, text: String) {
        #expect(AWSDate.basic(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("tomorrow", nil), ("", nil),
            ("Sun, 06 Nov 1994 25:49:37 GMT", nil),
        ] as [(String, Double?)])
    func `HTTP dates are read`(text: String, seconds: Double?) {
        #expect(AWSDate.parseHTTP(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(
        arguments: [
            ("2015-08-30T12:36:00Z", 1_440_938_160.0), ("2015-08-30T12:36:00.123Z", 1_440_938_160), ("2015-08-30T14:36:00+02:00", 1_440_938_160),
            ("2015-08-30T10:36:00-02:00", 1_440_938_160), ("2015-08-30T12:36:00+00:00", 1_440_938_160), ("2015-08-30", nil), ("soon", nil),
            ("2015-13-30T12:36:00Z", nil),
        ] as [(String, Double?)])
    func `expiry dates are read`(text: String, seconds: Double?) {
        #expect(AWSDate.parseISO8601(text)?.timeIntervalSince1970 == seconds)
    }
}
