import Alerting
import HTTPTypes
import ServiceModel

/// The way of every alert of an app.
struct AlertLog: Sendable {
    let ledger: AlertLedger

    var endpoints: [Endpoint] {
        [
            .api(
                .get, "/api/apps/{app}/alerts", "Read the way of an app's alerts, newest first",
                query: [.init(name: "before", about: "The `next` of the page before")]
            ) { visit in
                let page = try await ledger.entries(of: try visit.requireApp().name, before: visit.query["before"])
                return .show(["alerts": .array(page.entries.map(\.json)), "next": JSON(page.next)])
            }
        ]
    }
}
