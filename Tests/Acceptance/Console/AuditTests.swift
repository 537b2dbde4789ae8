import Foundation
import NIOHTTP1
import ServiceModel
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `jubako audit`, against a running server and its file.
@Suite struct `The audit log of a server` {
    private static let cookbook = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "examples/cookbook").path()

    private static func python(_ program: String, _ arguments: String...) async throws -> String {
        let result = try await Subprocess.run(
            .name("python3"), arguments: Arguments(["-c", program] + arguments), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else { throw ConditionNotMet(description: result.standardError) }
        return result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func `says who did what, can be checked by others, and shows what was done to the file behind its back`() async throws {
        try await ServerProcess.run(definitions: Self.cookbook) { server in
            func jubako(_ arguments: String...) async throws -> (code: Int32, output: String, error: String) {
                try await EngineProcess.jubako(
                    ["audit"] + arguments + ["--server", server.url, "--token-file", "\(server.directory)/server.token"])
            }
            for index in 1...6 {
                let wish: JSON = ["value": .number(Double(index) / 10), "reason": "a migration", "by": "yuki"]
                #expect(try await server.call(.PUT, "/api/apps/recipes/thresholds/error_ratio", wish).status == 200)
            }
            #expect(try await server.send(.DELETE, "/api/apps/recipes/thresholds/error_ratio").status == 401)
            #expect(try await server.call(.PUT, "/api/apps/recipes/thresholds/error_ratio", ["value": 7, "reason": "r"]).status == 422)

            let listed = try await jubako("list", "--who", "yuki", "--limit", "2")
            #expect(listed.output.contains("done  yuki: Set a threshold (recipes): a migration") && listed.output.contains("--cursor"), "\(listed)")
            #expect(try await jubako("list", "--result", "denied").output.contains("anonymous: Let the definition decide a threshold"))
            let good = try await jubako("verify")
            #expect(good.code == 0 && good.output.hasPrefix("8 rows, each follows the one before; the last is 8:"), "\(good)")
            let mark = String(good.output.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: " ").last ?? "")
            #expect(try await jubako("verify", "--expect", mark).code == 0)
            #expect(try await jubako("verify", "--expect", "8:\(String(repeating: "0", count: 64))").code == 1)

            let file = "\(server.directory)/audit.jsonl"
            try await jubako("export").output.write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try await jubako("verify", file).output == good.output)
            let recomputed = try await Self.python(
                """
                import hashlib, json, sys
                previous = "0" * 64
                for number, line in enumerate(open(sys.argv[1], encoding="utf-8"), 1):
                    row = json.loads(line)
                    said = row.pop("hash")
                    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
                    assert hashlib.sha256(text.encode()).hexdigest() == said and row["previous"] == previous and row["seq"] == number, number
                    previous = said
                print("good", number)
                """, file)
            #expect(recomputed == "good 8")
            let table = try await jubako("export", "--format", "csv", "--app", "recipes").output
            #expect(table.split(separator: "\n").count == 9 && table.hasPrefix("seq,at,who,"), "\(table)")

            for (statement, found) in [
                (
                    "UPDATE items SET body = replace(body, 'yuki', 'saki') WHERE partition = 'audit' AND sort = '000000000003'",
                    "row 3: it was altered"
                ),
                ("UPDATE items SET body = replace(body, 'saki', 'yuki') WHERE partition = 'audit' AND sort = '000000000003'", ""),
                ("UPDATE items SET sort = 'x' || sort WHERE partition = 'audit' AND sort = '000000000004'", "row 4: it is missing"),
                ("UPDATE items SET sort = substr(sort, 2) WHERE partition = 'audit' AND sort = 'x000000000004'", ""),
                (
                    "UPDATE items SET sort = CASE sort WHEN '000000000005' THEN 'x' ELSE '000000000005' END WHERE partition = 'audit' "
                        + "AND sort IN ('000000000005', '000000000006'); "
                        + "UPDATE items SET sort = '000000000006' WHERE partition = 'audit' AND sort = 'x'", "row 5: it is missing, row 6"
                ),
                ("DELETE FROM items WHERE partition = 'audit' AND sort > '000000000004'", "row 5: it is missing: the log has 8 rows, 4 came"),
            ] {
                _ = try await Self.python(
                    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript('BEGIN; ' + sys.argv[2] + '; COMMIT')",
                    "\(server.directory)/server.sqlite", statement)
                let answer = try await jubako("verify")
                #expect(answer.code == (found.isEmpty ? 0 : 1) && (found.isEmpty || answer.error.contains(found)), "\(statement): \(answer)")
            }
        }
    }
}
