import Foundation
import PrometheusText
import Subprocess
import TestSupport
import Testing

@testable import Engine

@Suite struct `HAProxy's access log` {
    @Test func `is counted by pool, and what is not ours or not a request is left out`() {
        let log = AccessLog()
        for line in [
            #"{"pool":"web","status":200,"ms":3}"#, #"{"pool":"web","status":503,"ms":700}"#, #"{"pool":"_successor-80","status":200,"ms":1}"#,
            #"{"pool":"web","status":-1,"ms":-1}"#, "nonsense",
        ] { log.count(Array(line.utf8)) }
        #expect(Set(log.requests.keys) == ["web"])
        #expect(log.requests["web"]?.statuses == [2: 1, 5: 1] && log.requests["web"]?.duration.count == 2)
    }

    @Test func `is read from a datagram socket whose senders have no name`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder.appending(path: "access.sock").path
            let log = AccessLog()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await log.run(path: path) }
                try await eventually("the line is counted") {
                    let script = "import socket,sys; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(sys.argv[2].encode(), sys.argv[1])"
                    _ = try? await Subprocess.run(
                        .name("python3"), arguments: ["-c", script, path, #"{"pool":"web","status":200,"ms":3}"#], output: .discarded,
                        error: .discarded)
                    return log.requests["web"] != nil
                }
                group.cancelAll()
            }
        }
    }

    @Test func `the exporter's samples get the app of their pool`() {
        let facts = ServiceFacts(
            app: "shop", cluster: "default", desired: 1, running: 1, stops: 0, deploymentFailed: false, targetGroups: [], containers: [])
        let text = "# HELP a b\nhaproxy_up{proxy=\"web\",code=\"2xx\"} 1\nhaproxy_up{proxy=\"other\"} 1\n"
        #expect(
            EngineMetrics.withApps(text, ["web": facts])
                == "# HELP a b\nhaproxy_up{app=\"shop\",cluster=\"default\",proxy=\"web\",code=\"2xx\"} 1\nhaproxy_up{proxy=\"other\"} 1\n")
    }
}
