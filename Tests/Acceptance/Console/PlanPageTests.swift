import Foundation
import NIOHTTP1
import ServiceModel
import Subprocess
import TestSupport
import Testing

private let isPossible = WebDriver.isInstalled

/// The pages of Terraform's plans: one that was applied, one that waits and loses data, one with a wrong tag.
@Suite(
    .enabled(if: isPossible, "Chromium is not installed"),
    .enabled("terraform or Python's package tf is missing") { await TerraformProject.isPossible() })
struct `The pages of plans` {
    private let sealed = `A sealed plan`()

    /// Somebody at the command line, and the server.
    private struct Desk: Sendable {
        let project: TerraformProject
        let server: ServerProcess

        func run(_ person: String, _ arguments: String..., codes: Set<Int32> = [0]) async throws {
            let environment: [Environment.Key: String?] = [
                "USER": person, "JUBAKO_SERVER": server.url, "JUBAKO_TOKEN_FILE": "\(server.directory)/server.token", "JUBAKO_TOKEN": nil,
            ]
            let result = try await project.jubako(["terraform"] + arguments, more: environment)
            guard codes.contains(result.code) else { throw ConditionNotMet(description: "\(arguments): \(result.output) \(result.error)") }
        }

        func plan(_ id: Int) async throws -> JSON { try await server.call(.GET, "/api/terraform/plans/\(id)").body }

        func approve(_ id: Int, as person: String) async throws {
            try await run(person, "approve", "\(id)", "--digest", try await plan(id)["digest"].string ?? "")
        }
    }

    @Test func `are clean by axe, fit every width, and work without scripts`() async throws {
        try await sealed.withProject(`A sealed plan`.queue + "\n" + `A sealed plan`.database) { project, _ in
            try project.write(
                "environments: {local: {region: local, cluster: default, endpoint_url: 'http://127.0.0.1:9'}}\nteams: {kitchen: {channel: '#kitchen'}}\n",
                to: "jubako.yml")
            try project.write(`A change of a project`.recipes, to: "apps/recipes.yml")
            try await project.commit("Add an app")
            try await ServerProcess.run(definitions: project.folder.path()) { server in
                let desk = Desk(project: project, server: server)
                try await fill(desk)
                try await WebDriver.run { driver in
                    for language in ["en", "ja"] {
                        try await driver.window(language: language) { browser in
                            try await browser.open(try await server.call(.POST, "/api/sign-in-links", [:]).body["url"].string ?? "")
                            let look = PageLook(browser: browser, language: language)
                            let widths = language == "en" ? [320, 390, 768, 1280] : [320, 390, 1280]
                            for path in ["", "/plans/1", "/plans/2", "/plans/3", "/drift"] {
                                try await look.check("\(server.url)/terraform\(path)", widths: widths)
                            }
                        }
                    }
                    try await driver.window(width: 390, language: "ja") { browser in
                        try await browser.allowScripts(false)
                        try await browser.open(try await server.call(.POST, "/api/sign-in-links", [:]).body["url"].string ?? "")
                        try await decide(browser, desk)
                    }
                }
            }
        }
    }

    private func fill(_ desk: Desk) async throws {
        let project = desk.project
        let main = try String(contentsOf: project.directory.appending(path: "main.tf"), encoding: .utf8)
        let drift: JSON = [
            "projects": [
                [
                    "project": "kirare",
                    "resources": [
                        ["address": "aws_sqs_queue.jobs", "attributes": ["name", "tags"], "lost_tag": true], ["address": "a.b", "gone": true],
                    ],
                ], ["project": "ortensia", "resources": []],
            ], "by": "nightly",
        ]
        #expect(try await desk.server.call(.POST, "/api/terraform/drift", drift).status == 200)
        try await desk.run("ann", "plan", "kirare", "--upload", codes: [2])
        try await desk.approve(1, as: "ben")
        try await desk.run("ben", "apply", "1")
        try project.write(main.replacing(`A sealed plan`.database, with: ""), to: "terraform/kirare/main.tf")
        try await project.commit("Remove the database")
        try await desk.run("ann", "plan", "kirare", "--upload", codes: [2])
        #expect(try await desk.plan(1)["state"] == "applied")
        let second = try await desk.plan(2)
        #expect(second["state"] == "waiting" && second["loses_data"] == true, "\(second)")
        try project.write("terraform {\n  backend \"local\" {}\n}\nresource \"terraform_data\" \"x\" {}\n", to: "terraform/ortensia/main.tf")
        try await project.commit("Add another project")
        try await desk.run("cid", "plan", "ortensia", "--upload", codes: [2])
    }

    /// Approves what loses data, which the page wants to be told by name.
    private func decide(_ browser: Browser, _ desk: Desk) async throws {
        try await browser.open("\(desk.server.url)/terraform?state=waiting")
        try await browser.click("main tbody a[href='/terraform/plans/2']")
        try await browser.type("kirar", into: "#confirm")
        try await browser.click("form[action^='/terraform/plans/2/approve'] button")
        #expect(try await browser.text(of: "#confirm-error").contains("kirare"))
        #expect(try await desk.plan(2)["approvals"] == [])
        try await browser.type("kirare", into: "#confirm")
        try await browser.click("form[action^='/terraform/plans/2/approve'] button")
        #expect(try await browser.text(of: ".notice.good[role=status]").isEmpty == false)
        #expect(try await desk.plan(2)["approvals"].array.count == 1, "a second one has to")
        try await browser.open("\(desk.server.url)/terraform/plans/3")
        try await browser.type("not now", into: "#reason")
        try await browser.click("form[action^='/terraform/plans/3/reject'] button")
        try await eventually("it is rejected, and the page says why") {
            let text = try await browser.text(of: "#plan")
            return try await desk.plan(3)["state"] == "rejected" && text.contains("not now")
        }
    }
}
