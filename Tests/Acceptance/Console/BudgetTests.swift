import Foundation
import ServiceModel
import TestSupport
import Testing

/// What a page may cost a phone on a bad line. Times are printed and measured by the bench, not demanded here.
@Suite(.enabled(if: WebDriver.isInstalled, "Chromium is not installed")) struct `A page of five hundred apps` {
    private static let facts = """
        const done = arguments[arguments.length - 1];
        const seen = { paint: 0, shift: 0 };
        new PerformanceObserver((list) => { seen.paint = list.getEntries().at(-1).startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        const resources = performance.getEntriesByType("resource");
        const size = (ending) => resources.filter((r) => new URL(r.name).pathname.endsWith(ending)).reduce((sum, r) => sum + r.decodedBodySize, 0);
        const packed = new Response(document.documentElement.outerHTML).body.pipeThrough(new CompressionStream("gzip"));
        new Response(packed).arrayBuffer().then((html) => setTimeout(() => done({
          requests: 1 + resources.length, foreign: resources.filter((r) => new URL(r.name).origin !== location.origin).length,
          script: size(".js"), style: size(".css"), html: html.byteLength, nodes: document.querySelectorAll("*").length, ...seen,
        }), 500));
        """

    @Test(arguments: ["/apps", "/apps/web-007"])
    func `is small, asks for little, and stands still while it loads`(path: String) async throws {
        try await StandInCluster.run(apps: 500) { _, definitions in
            try await ServerProcess.run(definitions: definitions) { server in
                try await eventually("all apps are read") { try await server.get("/api/apps?health=good").body.contains(#""total":500,"#) }
                try await WebDriver.run { driver in
                    try await driver.window(width: 390) { browser in
                        try await browser.devTools("Network.enable")
                        try await browser.devTools(
                            "Network.emulateNetworkConditions",
                            ["offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750])
                        try await browser.devTools("Emulation.setCPUThrottlingRate", ["rate": 4])
                        try await browser.open(server.url + path)
                        let facts = try await browser.evaluateLater(Self.facts)
                        print("\(path): \(facts.text)")
                        let most = ["requests": 6, "foreign": 0, "script": 15_000, "style": 20_000, "html": 60_000, "nodes": 1_500]
                        for (name, limit) in most { #expect(facts[name].int ?? .max <= limit, "\(name) of \(path): \(facts.text)") }
                        #expect(facts["shift"].double ?? 1 < 0.05, "\(facts.text)")
                        #expect(facts["style"].int ?? 0 > 1000 && facts["nodes"].int ?? 0 > 50, "\(facts.text)")
                    }
                }
            }
        }
    }
}
