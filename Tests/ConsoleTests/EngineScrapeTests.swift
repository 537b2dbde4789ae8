import Testing

@testable import Console

@Suite struct `The engine's metrics, as the server passes them on` {
    @Test func `samples of an app get its team and the environment, others stay`() {
        let text = "# HELP a b\na{app=\"shop\",cluster=\"default\"} 1\na{app=\"stray\"} 2\nb{proxy=\"x\"} 3\n"
        let passed = EngineScrape.withTeams(text, environment: "local") { $0 == "shop" ? "kitchen" : nil }
        #expect(
            passed == """
                # HELP a b
                a{team="kitchen",environment="local",app="shop",cluster="default"} 1
                a{environment="local",app="stray"} 2
                b{proxy="x"} 3

                """)
    }
}
