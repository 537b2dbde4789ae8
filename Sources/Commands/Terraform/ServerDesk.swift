import Foundation
import NIOCore
import NIOHTTP1
import ServiceModel
import Synchronization
import Terraform

/// The server as the desk where plans are approved and applied.
final class ServerDesk: PlanDesk {
    private let server: ServerConnection
    private let id: String
    private let person: String
    private let waits: Bool
    private let say: @Sendable (String) -> Void
    /// Lines that the server has not got.
    private let unsent = Mutex<[JSON]>([])

    /// - Parameters:
    ///   - waits: whether to stand in the queue when somebody else applies a plan of the project.
    ///   - say: tells what it waits for.
    init(server: ServerConnection, id: String, person: String, waits: Bool, say: @escaping @Sendable (String) -> Void) {
        self.server = server
        self.id = id
        self.person = person
        self.waits = waits
        self.say = say
    }

    private var path: String { "/api/terraform/plans/\(ServerConnection.encoded(id))" }

    /// The approved bundle, laid into a folder.
    func fetch(into folder: String) async throws -> PlanBundle {
        let bundle = try await server.send(.GET, "\(path)/bundle", timeout: .seconds(300), limit: 96 << 20)
        return try PlanBundle.unpack(bundle, into: folder)
    }

    func begin(_ facts: BundleFacts) async throws {
        var said = ""
        while true {
            let answer: JSON
            do {
                answer = try await server.send(.POST, "\(path)/turn", body: ["digest": .string(facts.digest), "by": .string(person)])
            } catch let error as ServerError where error.status == 409 {
                throw ApplyRefused([
                    ApplyRefusal(.notApproved, error.description, next: "see jubako terraform show \(id)")
                ])
            }
            if answer["taken"].bool == true { return }
            let holder = "\(answer["person"].string ?? "somebody") applies plan \(answer["plan"].int ?? 0) since \(answer["since"].string ?? "?")"
            guard waits else {
                throw ApplyRefused([
                    ApplyRefusal(
                        .notItsTurn, "\(holder), and one plan of \(facts.project) is applied at a time",
                        next: "wait for it with --wait: you are number \(answer["position"].int ?? 1) in the queue")
                ])
            }
            if said != holder { say("\(holder); number \(answer["position"].int ?? 1) in the queue") }
            said = holder
            try await Task.sleep(for: .seconds(3))
        }
    }

    func record(_ lines: [JSON]) async {
        let all = unsent.withLock { unsent in
            unsent += lines
            return unsent
        }
        guard (try? await server.send(.POST, "\(path)/journal", body: ["lines": .array(all)], timeout: .seconds(20))) != nil else { return }
        unsent.withLock { unsent in unsent.removeFirst(min(all.count, unsent.count)) }
    }

    func end(_ report: ApplyReport) async throws {
        await record([])
        _ = try await server.send(.POST, "\(path)/end", body: ["outcome": .string(report.outcome.rawValue), "by": .string(person)])
    }

    /// Tells the server that the apply goes on, until it is cancelled.
    func beat() async {
        while (try? await Task.sleep(for: .seconds(20))) != nil { await record([]) }
    }
}
