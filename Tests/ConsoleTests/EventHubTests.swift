import HTTPTypes
import NIOCore
import ServiceModel
import TestSupport
import Testing

@testable import Console

@Suite struct `The hub of events` {
    private func text(_ buffer: ByteBuffer) -> String { String(buffer: buffer) }

    @Test func `tells who comes back what was missed, or to read all anew`() async throws {
        let hub = EventHub(limits: .init(memory: 3))
        let start = hub.latest
        for number in 1...5 { await hub.publish(["app:\(number)"]) }
        #expect(hub.latest == start + 5)
        func first(after last: Int?) async throws -> String { text(try await hub.listen(as: nil, after: last).first) }
        #expect(try await !first(after: nil).contains("app:"))
        #expect(try await first(after: nil).contains("id: \(start + 5)\nevent: hello"))
        let missed = try await first(after: start + 3)
        #expect(missed.contains("app:4") && missed.contains("app:5") && !missed.contains("app:3") && !missed.contains("reset"))
        for unknown in [start, start + 99] {
            let told = try await first(after: unknown)
            #expect(told.contains("event: reset") && !told.contains("app:"), "\(told)")
        }
        #expect(try await !first(after: start + 5).contains("reset"), "who knows all is told nothing")
    }

    @Test func `bounds the streams of one, and cuts off who reads too slowly`() async throws {
        let hub = EventHub(limits: .init(listeners: 4, listenersOfOne: 2))
        let slow = try await hub.listen(as: "ann", after: nil)
        _ = try await hub.listen(as: "ann", after: nil)
        let refused = await #expect(throws: ConsoleError.self) { try await hub.listen(as: "ann", after: nil) }
        #expect(refused?.status == .tooManyRequests)
        _ = try await hub.listen(as: "bob", after: nil)
        _ = try await hub.listen(as: nil, after: nil)
        let full = await #expect(throws: ConsoleError.self) { try await hub.listen(as: "eve", after: nil) }
        #expect(full?.status == .serviceUnavailable)
        for number in 0..<70 { await hub.publish(["app:\(number)"]) }
        #expect(await hub.count == 0, "nobody has read anything")
        var heard = 0
        for await _ in slow.messages { heard += 1 }
        #expect(heard == 64)
    }

    @Test func `says goodbye`() async throws {
        let hub = EventHub()
        let listening = try await hub.listen(as: nil, after: nil)
        await hub.publish(["apps"])
        await hub.beat()
        listening.sayGoodbye()
        var names: [String] = []
        for await message in listening.messages { names.append(text(message).contains("event: ") ? text(message) : "apps") }
        #expect(names.count == 3 && names[0] == "apps" && names[1].contains("event: beat") && names[2].contains("event: bye"), "\(names)")
    }
}

@Suite struct `Scripts and styles` {
    @Test func `are small`() {
        #expect(PackageResources.app_js.count + PackageResources.worker_js.count < 15_000)
        #expect(PackageResources.style_css.count < 20_000)
    }
}
