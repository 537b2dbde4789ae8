import Monitoring
import Testing

@Suite struct LabelFlowTests {
    @Test(
        "labels flow as Prometheus lets them",
        arguments: [
            ("up", "app", true), ("up{app=\"\"}", "app", false), ("sum(up)", "app", false), ("sum by (app) (up)", "app", true),
            ("sum by (app) (up)", "task", false),
            ("sum without (task) (up)", "task", false), ("sum without (task) (up)", "app", true), ("sum by (app) (sum by (task) (up))", "app", false),
            ("topk(3, sum by (app) (up))", "app", true), ("absent(up{app=\"a\",job=~\"b\"})", "app", true),
            ("absent(up{app=\"a\",job=~\"b\"})", "job", false),
            ("absent(sum(up))", "app", false), ("vector(1)", "app", false), ("histogram_quantile(0.9, rate(b[5m]))", "le", false),
            ("label_replace(sum(up), \"app\", \"x\", \"\", \"\")", "app", true), ("a / on (app) b", "task", false), ("a / on (app) b", "app", true),
            ("a / ignoring (task) b", "task", false), ("a * on (app) group_left (team) sum by (app, team) (b)", "team", true),
            ("sum by (app) (a) * on (app) group_left (team) b", "team", true), ("sum by (app) (a) * on (app) group_left b", "team", false),
            ("a * on (app) group_right b", "task", true), ("a and sum(b)", "app", true), ("sum(a) or b", "app", true),
            ("sum(a) unless b", "app", false),
            ("sum(a) > 1", "app", false), ("1 < a", "app", true), ("a / sum by (app) (b)", "task", false),
            ("count_values(\"version\", build)", "version", true),
            ("rate(a[5m])", "app", true), ("max_over_time(sum by (app) (a)[1h:])", "task", false), ("-sum(a)", "app", false),
            ("hour()", "app", false),
            ("clamp_max(a, 5)", "app", true), ("quantile_over_time(0.5, a[5m])", "app", true),
        ])
    func flows(text: String, label: String, canHave: Bool) throws {
        #expect(LabelFlow(try PromQL.parse(text)).canHave(label) == canHave)
    }
}
