import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import TestSupport
import Testing

@testable import Alerting

private func get(_ url: String) async throws -> (status: UInt, body: String) {
    let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(20))
    return (response.status.code, String(buffer: try await response.body.collect(upTo: 1 << 20)))
}

private func call(_ url: String, _ body: JSON, token: String? = "t") async throws -> (status: UInt, retryAfter: String?, answer: JSON) {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    request.body = .bytes(ByteBuffer(bytes: body.bytes))
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
    return (response.status.code, response.headers.first(name: "Retry-After"), (try? JSON(parsing: text)) ?? .string(text))
}

@Suite struct StandInTests {
    @Test func `it answers as slack does`() async throws {
        let standIn = SlackStandIn(token: "t")
        try await withSite {
            standIn.routes(on: $0)
        } _: { url in
            let (post, update) = ("\(url)/slack/api/chat.postMessage", "\(url)/slack/api/chat.update")
            let posted = try await call(post, ["channel": "#a", "text": "one"]).answer
            #expect(posted["ok"] == true && posted["channel"].string?.hasPrefix("C") == true)
            let (id, ts) = (posted["channel"], posted["ts"])
            let errors: [(String, JSON, String?, String)] = [
                (post, ["channel": "#a", "text": "x"], nil, "not_authed"), (post, ["channel": "#a", "text": "x"], "u", "invalid_auth"),
                (post, ["channel": "#a"], "t", "no_text"), (post, ["text": "x"], "t", "channel_not_found"),
                (post, ["channel": "#a", "text": "x", "thread_ts": "1.0"], "t", "thread_not_found"),
                (update, ["channel": id, "ts": "1.0", "text": "x"], "t", "message_not_found"),
                (post, ["channel": "#a", "text": .string(String(repeating: "x", count: 14_000))], "t", "msg_too_long"),
            ]
            for (url, body, token, code) in errors {
                let answer = try await call(url, body, token: token)
                #expect(answer.status == 200 && answer.answer["error"].string == code, "\(code)")
            }
            #expect(try await call(update, ["channel": id, "ts": ts, "text": "two"]).answer["ok"] == true)
            #expect(await standIn.channel("a")?.messages.map(\.text) == ["two"])
            #expect(try await call("\(url)/slack/hooks/b", ["text": "hooked"]).answer == "ok")

            var faults = StandInFaults()
            faults.pace = .seconds(100)
            await standIn.set(faults)
            #expect(try await call(post, ["channel": "#c", "text": "x"]).status == 200)
            let limited = try await call(post, ["channel": "#c", "text": "x"])
            #expect(limited.status == 429 && limited.retryAfter.flatMap(Int.init) ?? 0 > 50)
        }
    }

    @Test func `its pages show messages with their threads, and nothing in them is markup of their own`() async throws {
        let standIn = SlackStandIn()
        try await withSite {
            standIn.routes(on: $0)
        } _: { url in
            #expect(try await get("\(url)/slack").body.contains("No message has been posted yet"))
            let attachment: JSON = [
                "color": "good", "title": "T &lt;b&gt;", "title_link": "http://x.test/?a=1&b=2",
                "text": "*bold* <http://y.test|link> <javascript:alert(1)|bad> <script>x</script>\n_it_ <!date^1^{time}|1970>", "footer": "f",
            ]
            let post = "\(url)/slack/api/chat.postMessage"
            let posted = try await call(post, ["channel": "#a&b", "text": "t", "attachments": [attachment]]).answer
            _ = try await call(post, ["channel": posted["channel"], "text": "an <answer>", "thread_ts": posted["ts"]])
            let list = try await get("\(url)/slack")
            #expect(list.body.contains(#"<a href="/slack/channels/a%26b">#a&amp;b</a>"#) && list.body.contains("1 message<"))
            let page = try await get("\(url)/slack/channels/a%26b").body
            for words in [
                #"<a href="http://x.test/?a=1&amp;b=2">T &lt;b&gt;</a>"#, "<b>bold</b>", #"<a href="http://y.test">link</a>"#, "<i>it</i>", "1970",
                "answer",
            ] { #expect(page.contains(words), "\(words)") }
            #expect(!page.contains("<script") && !page.contains("javascript:"))
            #expect(try await get("\(url)/slack/channels/none").status == 404)
        }
    }
}
