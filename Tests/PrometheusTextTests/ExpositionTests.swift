import PrometheusText
import Testing

@Suite struct `Prometheus's text format` {
    @Test func `samples stand below their family, and labels are escaped`() {
        var exposition = Exposition()
        exposition.family("a_total", .counter, "what it \\ counts")
        exposition.sample("a_total", ["path": "a\"b\\c\nd", "empty": ""], 3)
        exposition.sample("a_total", [:], .infinity)
        #expect(exposition.text == "# HELP a_total what it \\\\ counts\n# TYPE a_total counter\na_total{path=\"a\\\"b\\\\c\\nd\"} 3\na_total +Inf\n")
    }

    @Test func `a histogram's buckets are cumulated`() {
        var histogram = Histogram(bounds: [0.1, 1])
        for value in [0.05, 0.1, 0.5, 7] { histogram.observe(value) }
        var exposition = Exposition()
        histogram.write("d", [("app", "web")], to: &exposition)
        #expect(
            exposition.text == """
                d_bucket{app="web",le="0.1"} 2
                d_bucket{app="web",le="1"} 3
                d_bucket{app="web",le="+Inf"} 4
                d_sum{app="web"} 7.65
                d_count{app="web"} 4

                """)
    }
}
