import Foundation
import ServiceModel
import TestSupport
import Testing

/// Pages that are open while something happens.
@Suite(.enabled(if: WebDriver.isInstalled, "Chromium is not installed")) struct `An open page` {
    private static let quick = ["--interval", "1"]

    private static func isRead(_ server: ServerProcess) async throws {
        try await eventually("all apps are read") { try await server.get("/api/apps/web-000").body.contains(#""state":"good""#) }
    }

    private static func state(_ browser: Browser) async throws -> String? {
        try await browser.evaluate("return document.getElementById('live').dataset.state").string
    }

    private static func streams(_ server: ServerProcess) async throws -> Int? {
        let line = try await server.get("/metrics").body.split(separator: "\n").first { $0.hasPrefix("jubako_event_streams ") }
        return line?.split(separator: " ").last.flatMap { Double($0) }.map { Int($0) }
    }

    @Test func `is live in twelve tabs over one connection, which ends with the last`() async throws {
        try await StandInCluster.run(apps: 1) { cluster, definitions in
            try await ServerProcess.run(definitions: definitions, extra: Self.quick) { server in
                try await Self.isRead(server)
                try await WebDriver.run { driver in
                    try await driver.window { browser in
                        for tab in 0..<12 {
                            if tab > 0 { try await browser.show(try await browser.openTab()) }
                            try await browser.open("\(server.url)/apps/web-000")
                        }
                        for tab in try await browser.windows {
                            try await browser.show(tab)
                            try await eventually("it says so") { try await Self.state(browser) == "live" }
                        }
                        #expect(try await Self.streams(server) == 1)
                        cluster.setRunning(1, of: "web-000")
                        for tab in try await browser.windows {
                            try await browser.show(tab)
                            try await eventually("it shows one task of two") { try await browser.text(of: "#overview").contains("1/2") }
                        }
                        #expect(try await browser.consoleErrors() == [])
                    }
                    try await eventually("nobody listens any more") { try await Self.streams(server) == 0 }
                }
            }
        }
    }

    @Test func `says when the server has gone, comes back by itself, and shows what happened meanwhile`() async throws {
        let port = try await PortReservation.free()
        try await StandInCluster.run(apps: 1) { cluster, definitions in
            try await WebDriver.run { driver in
                try await driver.window { browser in
                    try await ServerProcess.run(definitions: definitions, port: port, extra: Self.quick) { server in
                        try await Self.isRead(server)
                        try await browser.open("\(server.url)/apps/web-000")
                        try await eventually("it is live") { try await Self.state(browser) == "live" }
                    }
                    try await eventually("it knows at once", within: .seconds(5)) { try await Self.state(browser) == "reconnecting" }
                    #expect(try await browser.text(of: "#live").contains("as of"))
                    try await eventually("it does not pass for new", within: .seconds(30)) { try await Self.state(browser) == "stale" }
                    cluster.setRunning(0, of: "web-000")
                    try await ServerProcess.run(definitions: definitions, port: port, extra: Self.quick) { _ in
                        try await eventually("it is live again") { try await Self.state(browser) == "live" }
                        try await eventually("it shows what happened") { try await browser.text(of: "#overview").contains("0/2") }
                    }
                }
            }
        }
    }

    @Test func `stands still while it is paused, keeps the focus, and is read now and then where there is no shared worker`() async throws {
        try await StandInCluster.run(apps: 1) { cluster, definitions in
            try await ServerProcess.run(definitions: definitions, extra: Self.quick) { server in
                try await Self.isRead(server)
                try await WebDriver.run { driver in
                    try await driver.window { browser in
                        try await browser.open("\(server.url)/apps/web-000")
                        try await eventually("it is live") { try await Self.state(browser) == "live" }
                        try await browser.evaluate(
                            "document.querySelector('#overview a').focus(); getSelection().selectAllChildren(document.activeElement)")
                        cluster.setRunning(1, of: "web-000")
                        try await eventually("it shows one of two") { try await browser.text(of: "#overview").contains("1/2") }
                        let kept = try await browser.evaluate("return [document.activeElement.tagName, getSelection().toString().length > 0]")
                        #expect(kept == ["A", true], "focus and selection stay")

                        try await browser.click("#pause")
                        #expect(try await Self.state(browser) == "paused")
                        try await eventually("it does not listen") { try await Self.streams(server) == 0 }
                        cluster.setRunning(0, of: "web-000")
                        try await eventually("the server knows") { try await server.get("/api/apps/web-000").body.contains(#""running":0"#) }
                        #expect(try await browser.text(of: "#overview").contains("1/2"))
                        try await browser.click("#pause")
                        try await eventually("it goes on") { try await browser.text(of: "#overview").contains("0/2") }
                        try await eventually("it is live again") { try await Self.state(browser) == "live" }

                        try await browser.devTools("Page.addScriptToEvaluateOnNewDocument", ["source": "delete window.SharedWorker"])
                        try await browser.open("\(server.url)/apps/web-000")
                        #expect(try await Self.state(browser) == "polling")
                        cluster.setRunning(2, of: "web-000")
                        try await eventually("it is read again") { try await browser.text(of: "#overview").contains("2/2") }
                        #expect(try await browser.consoleErrors() == [])
                    }
                }
            }
        }
    }
}
