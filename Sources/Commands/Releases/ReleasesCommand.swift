import ArgumentParser
import Definitions
import Deployments
import Foundation
import NIOHTTP1
import ServiceModel

/// `jubako releases`.
struct ReleasesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "releases", abstract: "List an app's releases as the server knows them, or show one of them.",
        discussion: "Every change is one: deploys, rollbacks, settings, and deployments that other tools made.")

    @Argument(help: ArgumentHelp("The app's name, or its definition.", valueName: "file|app"))
    var app: String

    @Argument(help: "The number of one release: its steps, what it changed, and why it failed.")
    var number: Int?

    @Option(help: "How many.")
    var limit = 20

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var server: ServerConnection

    func validate() throws {
        if let number, number < 1 { throw ValidationError("the number of a release is 1 or more") }
        if !(1...500).contains(limit) { throw ValidationError("--limit is 1 to 500") }
    }

    func run() async throws {
        try await Invocation.run("releases") { _ in
            let name = AppReference.isFile(app) ? try await DefinitionOptions.load(app, tag: nil, .placeholders).appID : app
            let path = "/api/apps/\(ServerConnection.encoded(name))/releases"
            if let number {
                let release = try await server.call(.GET, "\(path)/\(number)")
                return Terminal.output(json ? release.prettyText : Self.text(of: release))
            }
            let releases = try await server.call(.GET, "\(path)?limit=\(limit)")
            if json { return Terminal.output(releases.prettyText) }
            for release in releases["releases"].array { Terminal.output(Self.line(release)) }
            if releases["releases"].array.isEmpty { Terminal.error("\(name) has no releases yet") }
        }
    }

    /// `#12  deploy    web:3 → web:4  deployed  yuki  2026-11-24T05:55:03Z  2.1 s`
    static func line(_ release: JSON) -> String {
        func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
        let what = [
            release["subject"].string, release["from"].string.map { "\($0) →" }, release["to"].string,
        ].compactMap { $0 }.joined(separator: " ")
        let outcome = release["is_open"] == true ? "under way" : release["outcome"].string ?? "unknown"
        let paint = Terminal.outputPaint
        let word = padded(outcome, 11)
        let state = release["state"].string
        let at = release["started_at"].string ?? ""
        return [
            padded("#\(release["number"].int ?? 0)", 5), padded(release["kind"].string ?? "", 8), padded(what, 24),
            state == "bad" ? paint.red(word) : state == "good" ? paint.green(word) : paint.yellow(word), padded(release["by"].string ?? "", 12),
            "\(at.prefix(19))Z", release["seconds"].double.map { "\(($0 * 10).rounded() / 10) s" } ?? "",
        ].joined(separator: "  ")
    }

    static func text(of release: JSON) -> String {
        var lines = [line(release)]
        if let reason = release["outcome_reason"].string { lines.append("  \(reason)") }
        if let why = release["verdict"]["summary"].string {
            lines.append("  why: \(why)")
            lines += release["verdict"]["evidence"].strings.map { "    │ \($0)" }
        }
        for group in release["changes"].array {
            lines.append("  \(group["what"].string ?? "")")
            lines += group["fields"].array.map { "    \($0["field"].string ?? ""): \($0["old"].text) → \($0["new"].text)" }
        }
        lines += release["steps"].array.map { "  \(($0["at"].string ?? "").dropFirst(11).prefix(8)) \($0["text"].string ?? "")" }
        return lines.joined(separator: "\n")
    }
}
