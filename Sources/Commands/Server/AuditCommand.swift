import ArgumentParser
import Console
import Foundation
import NIOHTTP1
import ServiceModel

/// `jubako audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Read, export and check the audit log: who did what, and what was refused.",
        subcommands: [List.self, Export.self, Verify.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show rows, newest first.")

        @OptionGroup var filter: AuditFilterOptions

        @Option(help: "How many; 500 at most.")
        var limit = 50

        @Option(help: "Go on where the page before ended.")
        var cursor: String?

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("audit list") { _ in
                let query = filter.query + ["limit=\(limit)"] + (cursor.map { ["cursor=\(ServerConnection.encoded($0))"] } ?? [])
                let answer = try await server.call(.GET, "/api/audit?" + query.joined(separator: "&"))
                guard !json else { return Terminal.output(answer.prettyText) }
                if answer["rows"].array.isEmpty { Terminal.output("no row is like that") }
                for row in answer["rows"].array { Terminal.output(Self.line(row)) }
                if let next = answer["next"].string { Terminal.output("\nthere are more: --cursor \(next)") }
            }
        }

        /// `41  2026-11-26T00:40:12.345Z  done  yuki: Set a threshold (recipes): a migration`
        private static func line(_ row: JSON) -> String {
            let app = row["app"].string.map { " (\($0))" } ?? ""
            let count = row["count"].int.map { " × \($0)" } ?? ""
            let why = row["reason"].string ?? row["detail"].string
            return "\(row["seq"].int ?? 0)  \(row["at"].string ?? "")  \(row["result"].string ?? "")  "
                + "\(row["who"].string ?? ""): \(row["action"].string ?? "")\(app)\(count)\(why.map { ": \($0)" } ?? "")"
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print rows, oldest first, as JSON Lines or CSV.",
            discussion: "JSON Lines without a filter can be checked later: jubako audit verify FILE.")

        enum Format: String, ExpressibleByArgument, CaseIterable {
            case jsonl, csv
        }

        @Option(help: "jsonl or csv.")
        var format = Format.jsonl

        @OptionGroup var filter: AuditFilterOptions

        @OptionGroup var server: ServerConnection

        func run() async throws {
            try await Invocation.run("audit export") { _ in
                let query = filter.query + ["format=\(format.rawValue)"]
                try await server.lines("/api/audit/export?" + query.joined(separator: "&")) { Terminal.output($0) }
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that no row was altered, removed or moved.",
            discussion: """
                It reads all rows of the server, or of an export in JSON Lines, and computes each hash anew. It prints the last row's number and \
                hash: whoever keeps them elsewhere can see later, with --expect, that nothing before was written anew. The exit code is 1 when \
                something is wrong, and the first row that does not fit is named.
                """)

        @Argument(help: "An export in JSON Lines; the server's rows without it.", completion: .file())
        var file: String?

        @Option(help: "What an earlier run printed: NUMBER:HASH.")
        var expect: String?

        @OptionGroup var server: ServerConnection

        func validate() throws {
            if let expect, expect.wholeMatch(of: /\d+:[0-9a-f]{64}/) == nil {
                throw ValidationError("--expect is NUMBER:HASH, as this command prints it")
            }
        }

        func run() async throws {
            try await Invocation.run("audit verify") { _ in
                var chain = AuditChain()
                func check(_ line: String) throws {
                    try chain.check(line)
                    if let expect, expect.hasPrefix("\(chain.seq):"), expect != "\(chain.seq):\(chain.hash)" {
                        throw AuditChain.Break(seq: chain.seq, problem: "it is another than the one that was expected: the log was written anew")
                    }
                }
                if let file {
                    try Lines.of(file: file) { try check($0) }
                } else {
                    // Rows that are added meanwhile are checked as well, and need not be there.
                    let head = try await server.call(.GET, "/api/audit/head")
                    try await server.lines("/api/audit/export?format=jsonl") { try check($0) }
                    try chain.checkEnd(seq: head["seq"].int ?? 0, hash: head["hash"].string ?? "")
                }
                if let last = expect?.split(separator: ":").first.flatMap({ Int($0) }), last > chain.seq {
                    throw AuditChain.Break(seq: chain.seq + 1, problem: "it is missing: row \(last) was expected, \(chain.seq) came")
                }
                Terminal.output("\(chain.seq) rows, each follows the one before; the last is \(chain.seq):\(chain.hash)")
            }
        }
    }
}

/// Which rows are meant.
struct AuditFilterOptions: ParsableArguments {
    @Option(help: "Rows of one app.")
    var app: String?

    @Option(help: "A part of who did it.")
    var who: String?

    @Option(help: "A part of what was done, as in threshold.")
    var action: String?

    @Option(help: "done, denied, refused, failed or unknown.")
    var result: String?

    @Option(help: "The first day or moment, in UTC, as in 2026-12-24 or 2026-12-24T18:00.")
    var from: String?

    @Option(help: "The last day or moment.")
    var to: String?

    var query: [String] {
        [("app", app), ("who", who), ("action", action), ("result", result), ("from", from), ("to", to)].compactMap { name, value in
            value.map { "\(name)=\(ServerConnection.encoded($0))" }
        }
    }
}
