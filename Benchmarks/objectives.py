"""Rules of objectives: 1,000 rendered and checked; what an objective costs Prometheus, beside Sloth's default rules on the same data."""
import json
import math
import statistics
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from harness import JUBAKO, Figure, run, tool, until
from servers import free_port

APPS, EACH = 200, 5
MEASURED = 20
DAYS_RAW, SECONDS_RAW = 3, 30
DAYS_RECORDED, SECONDS_RECORDED = 30, 60

HEAD = """\
scheduler: {type: ecs, desired_count: 1}
app: {image: web, memory: 64, port_mappings: [{container_port: 8080}]}
owner: bench
monitoring: true
objectives:
"""
OBJECTIVE = "- {{name: o{number}, availability: true, objective: 99.{number}5, window: 30d}}\n"

# Alerts about days are evaluated every five minutes, all else as often as Prometheus is told to: a minute by its own standard.
SLOW, SHARE_SLOW = "5m", 1 / 5

WINDOWS = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]


def sloth(app):
    """Sloth 0.16's default layout of one objective of 99.9 % over 30 days: eight ratios, seven series about them, two alerts."""
    own = f'sloth_service="{app}",sloth_slo="a"'
    labels = f'{{sloth_id: "{app}-a", sloth_service: "{app}", sloth_slo: "a"'

    def record(name, expression, window=None):
        more = f', sloth_window: "{window}"' if window else ""
        return f"  - record: {name}\n    expr: |\n      {expression}\n    labels: {labels}{more}}}\n"

    errors, total = f'http_requests_total{{app="{app}",code=~"5.."}}', f'http_requests_total{{app="{app}"}}'
    ratios = [record(f"slo:sli_error:ratio_rate{w}", f"sum(rate({errors}[{w}])) / sum(rate({total}[{w}]))", w) for w in WINDOWS]
    short = f"slo:sli_error:ratio_rate5m{{{own}}}"
    ratios.append(record(
        "slo:sli_error:ratio_rate30d", f"sum_over_time({short}[30d]) / ignoring (sloth_window) count_over_time({short}[30d])", "30d"))  # fmt: skip
    budget = f"on(sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio{{{own}}}"
    about = [
        record("slo:objective:ratio", "vector(0.9990000000000001)"), record("slo:error_budget:ratio", "vector(1-0.9990000000000001)"),
        record("slo:time_period:days", "vector(30)"), record("slo:current_burn_rate:ratio", f"{short} / {budget}"),
        record("slo:period_burn_rate:ratio", f"slo:sli_error:ratio_rate30d{{{own}}} / {budget}"),
        record("slo:period_error_budget_remaining:ratio", f"1 - slo:period_burn_rate:ratio{{{own}}}"), record("sloth_slo_info", "vector(1)"),
    ]  # fmt: skip

    def burning(long, small, factor):
        pair = [f"max(slo:sli_error:ratio_rate{w}{{{own}}} > ({factor} * 0.0009999999999999432)) without (sloth_window)" for w in (small, long)]
        return "(" + " and ".join(pair) + ")"

    def alert(severity, one, other):
        return f"  - alert: HighErrorRate\n    expr: |\n      {burning(*one)} or {burning(*other)}\n    labels: {{sloth_severity: {severity}}}\n"

    alerts = [alert("page", ("1h", "5m", 14.4), ("6h", "30m", 6)), alert("ticket", ("1d", "2h", 3), ("3d", "6h", 1))]
    return "".join(
        f"- name: sloth-{kind}-{app}\n  rules:\n{''.join(rules)}" for kind, rules in (("ratios", ratios), ("about", about), ("alerts", alerts)))


def history(file, end):
    """Counters of two tasks, and what either layout would have recorded until now."""
    def lines(name, labels, days, seconds, value):
        for step in range(days * 86400 // seconds):
            file.write(f"{name}{{{labels}}} {value(step)} {end - days * 86400 + step * seconds}\n")

    file.write("# TYPE http_requests counter\n")
    for number in range(MEASURED):
        for task in "ab":
            for code, rate in (("200", 300), ("404", 3), ("503", 0)):
                labels = f'app="app{number}",task="{task}",code="{code}"'
                lines("http_requests_total", labels, DAYS_RAW, SECONDS_RAW, lambda step: step * rate + int(rate == 0) * (step // 500))
    for name, labels, days, value in (
        ("slo:bad:increase5m", 'app="app{}",objective="o0"', DAYS_RAW, 1), ("slo:total:increase5m", 'app="app{}",objective="o0"', DAYS_RAW, 6060),
        ("slo:sli_error:ratio_rate5m", 'sloth_id="app{0}-a",sloth_service="app{0}",sloth_slo="a",sloth_window="5m"', DAYS_RECORDED, 0.0001),
    ):  # fmt: skip
        file.write(f"# TYPE {name} gauge\n")
        for number in range(MEASURED):
            lines(name, labels.format(number), days, SECONDS_RECORDED, lambda _: value)
    file.write("# EOF\n")


@contextmanager
def prometheus(folder):
    port = free_port()
    command = [
        tool("prometheus"), f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data", "--storage.tsdb.retention.time=1y",
        f"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
    ]  # fmt: skip
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.wait(30)


def evaluations(url):
    """The seconds that the last evaluations took, and the recorded series, by layout."""
    with urllib.request.urlopen(f"{url}/api/v1/rules", timeout=10) as answer:
        groups = json.load(answer)["data"]["groups"]
    taken = {"sloth": 0.0, "jubako": 0.0}
    series = {"sloth": 0, "jubako": 0}
    for group in groups:
        layout = "sloth" if group["name"].startswith("sloth") else "jubako"
        taken[layout] += group["evaluationTime"] * (SHARE_SLOW if group["name"].endswith(":slow") else 1)
        series[layout] += sum(rule["type"] == "recording" for rule in group["rules"])
    ready = all(rule["health"] == "ok" for group in groups for rule in group["rules"])
    return taken, series, ready and bool(groups)


def measured_cost():
    with tempfile.TemporaryDirectory() as folder:
        # Prometheus records nothing older than its newest block, so the data ends now; what is measured is over before it is stale
        end = math.floor(time.time() / 60) * 60
        with open(f"{folder}/history.txt", "w") as file:
            history(file, end)
        run([tool("promtool"), "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=216h", f"{folder}/history.txt", f"{folder}/data"])
        Path(folder, "sloth.yml").write_text("groups:\n" + "".join(sloth(f"app{number}") for number in range(MEASURED)))
        files = []
        for number in range(MEASURED):
            Path(folder, f"app{number}.yml").write_text(HEAD + OBJECTIVE.format(number=0))
            files.append(f"{folder}/app{number}.yml")
            rules = subprocess.run([JUBAKO, "slo", "rules", files[-1]], capture_output=True, text=True, check=True).stdout
            # all of it is evaluated at once here, and weighed by how often it is in the end
            Path(folder, f"app{number}.rules").write_text(rules.replace(f"    interval: {SLOW}\n", ""))
        Path(folder, "prometheus.yml").write_text(
            f"global: {{evaluation_interval: 10s}}\nrule_files: ['{folder}/sloth.yml', '{folder}/app*.rules']\n")
        with prometheus(folder) as url:
            def answers():
                try:
                    return evaluations(url)[2]
                except OSError:
                    return False

            until(answers, 120, 1, "an evaluation of every rule")
            samples = []
            for _ in range(3):
                time.sleep(10)
                samples.append(evaluations(url)[0])
            series = evaluations(url)[1]
        return {name: statistics.median(sample[name] for sample in samples) / MEASURED * 1000 for name in series}, {
            name: count / MEASURED for name, count in series.items()
        }


def measure():
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for app in range(APPS):
            path = Path(folder, f"app{app}.yml")
            path.write_text(HEAD + "".join(OBJECTIVE.format(number=number) for number in range(EACH)))
            files.append(str(path))
        seconds = statistics.median(run([JUBAKO, "slo", "rules", "--check", *files]).seconds for _ in range(5))
    cost, series = measured_cost()
    return [
        Figure("1,000 objectives: rules rendered and checked", "s", seconds, {}, "< 2 s"),
        Figure("series an objective", "", series["jubako"], {"Sloth's default": series["sloth"]}, "≤ 0.5×"),
        Figure("evaluation of an objective's rules", "ms", cost["jubako"], {"Sloth's default": cost["sloth"]}, "≤ 0.5×"),
    ]
