import Foundation
import Store
import TestSupport
import Testing

/// Runs `body` with a store in a folder of its own.
func withTemporaryStore(_ body: (SQLiteStore, URL) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
        let file = directory.appending(path: "jubako.db")
        try await body(SQLiteStore(path: file.path), file)
    }
}

@Suite struct StoreFileTests {
    @Test func `the file and its companions are for their owner only`() async throws {
        try await withTemporaryStore { store, file in
            try await store.write([.put(StoreKey(partition: "p", sort: "s"), body: [1])])
            for name in ["", "-wal", "-shm"] {
                let mode = try FileManager.default.attributesOfItem(atPath: file.path + name)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(name)")
            }
        }
    }

    @Test func `a store that is opened again has what was written`() async throws {
        try await withTemporaryStore { store, file in
            try await store.write([.put(StoreKey(partition: "p", sort: "s"), body: [1])])
            try store.close()
            await #expect(throws: StoreError.self) { try await store.get(StoreKey(partition: "p", sort: "s")) }
            let again = try SQLiteStore(path: file.path)
            #expect(try await again.get(StoreKey(partition: "p", sort: "s"))?.body == [1])
        }
    }

    @Test func `a file that is no store is refused with its name`() async throws {
        try await withTemporaryDirectory { directory in
            let file = directory.appending(path: "notes.txt")
            try Data(repeating: 65, count: 4096).write(to: file)
            let error = #expect(throws: StoreError.self) { try SQLiteStore(path: file.path) }
            #expect(error?.description.contains("\(file.path) is damaged or no store at all") == true, "\(String(describing: error))")
            let below = #expect(throws: StoreError.self) { try SQLiteStore(path: file.path + "/x/store.db") }
            #expect(below?.description.contains("notes.txt/x") == true)
        }
    }

    @Test func `what was acknowledged survives a kill`() async throws {
        try await withTemporaryDirectory { directory in
            let database = directory.appending(path: "jubako.db").path
            let log = directory.appending(path: "acknowledged").path
            await #expect(processExitsWith: .signal(SIGKILL)) { [database = database as String, log = log as String] in
                let store = try SQLiteStore(path: database)
                let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
                await withTaskGroup(of: Void.self) { group in
                    for writer in 0..<8 {
                        group.addTask {
                            for number in 0..<1_000 {
                                let line = "\(writer)/\(number)"
                                guard (try? await store.write([.put(StoreKey(partition: "p", sort: line), body: Array(line.utf8))])) != nil else {
                                    return
                                }
                                let text = Array((line + "\n").utf8)
                                _ = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                                if writer == 3, number == 40 { kill(getpid(), SIGKILL) }
                            }
                        }
                    }
                }
            }
            let acknowledged = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
            let kept = Set(try await SQLiteStore(path: database).query(partition: "p").map(\.key.sort))
            #expect(acknowledged.count > 40)
            #expect(acknowledged.filter { !kept.contains($0) } == [])
        }
    }

    @Test func `a full disk is told apart, keeps what was there, and passes when there is room again`() async throws {
        try await withTemporaryDirectory { directory in
            guard mount("tmpfs", directory.path, "tmpfs", 0, "size=1m") == 0 else {
                try Test.cancel("no permission to mount a small file system here, errno \(errno)")
            }
            defer { umount2(directory.path, Int32(MNT_DETACH)) }
            let store = try SQLiteStore(path: directory.appending(path: "jubako.db").path)
            let key = StoreKey(partition: "p", sort: "kept")
            try await store.write([.put(key, body: [1])])
            let ballast = directory.appending(path: "ballast")
            try Data(repeating: 0, count: 400_000).write(to: ballast)
            let large = StoreWrite.put(StoreKey(partition: "p", sort: "large"), body: Array(repeating: 7, count: 600_000))
            let error = await #expect(throws: StoreError.self) { try await store.write([large]) }
            guard case .diskFull = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await store.query(partition: "p").map(\.key.sort) == ["kept"])
            try await store.write([.put(key, body: [2])])
            #expect(try await store.get(key)?.version == 2)
        }
    }
}
