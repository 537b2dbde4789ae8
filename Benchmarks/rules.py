"""Checking one file of 2,000 rules, beside `promtool check rules` on the same file."""
import statistics
import tempfile
from pathlib import Path

from harness import JUBAKO, Figure, Unavailable, run, tool

GROUPS, RULES = 200, 10

RULE = """\
  - alert: Errors{group}x{rule}
    expr: |
      sum by (app, team, job) (rate(http_requests_total{{job="j{group}", code=~"5.."}}[5m]))
        / sum by (app, team, job) (rate(http_requests_total{{job="j{group}"}}[5m]))
        > on (app) group_left jubako_threshold{{name="error_ratio{rule}"}}
    for: 5m
    labels:
      severity: page
    annotations:
      summary: "{{{{ $labels.app }}}} fails"
      description: "{{{{ $labels.app }}}} of {{{{ $labels.job }}}} fails {{{{ $value | humanizePercentage }}}} of its requests"
      runbook_url: https://example.com/runbooks/{group}
"""


def medians(commands, runs=7):
    """The median seconds and CPU seconds of each command, turn by turn; the first turn does not count."""
    taken, missing = {name: [] for name in commands}, {}
    for turn in range(runs + 1):
        for name, command in commands.items():
            if name in missing:
                continue
            try:
                result = run(command())
                if turn:
                    taken[name].append(result)
            except Unavailable as reason:
                missing[name] = str(reason)
    return {
        name: (missing[name],) * 2 if name in missing else tuple(statistics.median(getattr(one, field) for one in all) for field in ("seconds", "cpu"))
        for name, all in taken.items()
    }


def measure():
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rules.yml"
        groups = (
            f"- name: group{group}\n  rules:\n" + "".join(RULE.format(group=group, rule=rule) for rule in range(RULES)) for group in range(GROUPS)
        )
        file.write_text("groups:\n" + "".join(groups))
        figures = medians({
            "jubako": lambda: [JUBAKO, "rules", "validate", str(file)],
            "promtool": lambda: [tool("promtool"), "check", "rules", str(file)],
        })  # fmt: skip
        (ours, our_cpu), (peer, peer_cpu) = figures["jubako"], figures["promtool"]
        return [
            Figure("2,000 rules in one file", "s", ours, {"promtool check rules": peer}, "≤ promtool"),
            Figure("the same, CPU of all processes", "s", our_cpu, {"promtool check rules": peer_cpu}),
        ]
