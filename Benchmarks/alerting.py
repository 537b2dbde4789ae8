"""Taking alerts in and telling them in Slack, beside Alertmanager's own Slack receiver on the same sink."""
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from harness import AWS, JUBAKO, ROOT, Figure, tool, until

CHANNELS = 10_000
BURST = 60
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def call(url, body=None, headers=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"} | (headers or {}), method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
    return json.loads(text) if text[:1] in (b"{", b"[") else text


@contextlib.contextmanager
def process(command, env=None, log=None):
    """A process in the background; ended by SIGTERM."""
    child = subprocess.Popen(command, cwd=ROOT, env=os.environ | AWS | (env or {}), stdout=log or subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(20)


def cpu(child):
    fields = Path(f"/proc/{child.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def megabytes(child):
    return int(Path(f"/proc/{child.pid}/statm").read_text().split()[1]) * PAGE / 2**20


def answers(url):
    try:
        return urllib.request.urlopen(url, timeout=1).status == 200
    except OSError:
        return False


class Sink:
    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"

    def reset(self, mode):
        call(f"{self.url}/reset/{mode}")

    def state(self):
        return call(f"{self.url}/state")


@contextlib.contextmanager
def sink():
    port = free_port()
    with process([sys.executable, str(Path(__file__).parent / "slack_sink.py"), str(port)]):
        until(lambda: answers(f"http://127.0.0.1:{port}/state"), 10, what="the sink")
        yield Sink(port)


@contextlib.contextmanager
def jubako(slack, apps):
    """The server over a repository of so many apps, each with a channel of its own."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "apps").mkdir()
        Path(folder, "jubako.yml").write_text(
            "environments: {local: {region: us-east-1, endpoint_url: 'http://127.0.0.1:9'}}\nalerting: {channel: '#sre'}\n")
        for number in range(apps):
            Path(folder, "apps", f"app{number}.yml").write_text(
                f"scheduler: {{type: ecs, desired_count: 1}}\napp: {{image: web, memory: 64}}\nmonitoring: {{channel: '#c{number}'}}\n")
        port = free_port()
        env = {"SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_API_URL": f"{slack.url}/api"}
        command = [JUBAKO, "server", "--definitions", folder, "--data-dir", f"{folder}/data", "--port", str(port), "--interval", "600"]
        with process(command, env) as child:
            until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), 60, what="jubako server")
            token = Path(folder, "data", "server.token").read_text().strip()
            yield child, f"http://127.0.0.1:{port}", token


@contextlib.contextmanager
def alertmanager(slack, group_by, group_interval="5m"):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "alertmanager.yml").write_text(f"""\
route: {{receiver: slack, group_by: [{group_by}], group_wait: 1ms, group_interval: {group_interval}, repeat_interval: 4h}}
receivers:
  - name: slack
    slack_configs:
      - {{api_url: '{slack.url}/hook', channel: '#{{{{ .CommonLabels.app }}}}', send_resolved: true}}
""")
        port = free_port()
        command = [
            tool("prometheus-alertmanager"), f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/data",
            f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=", "--log.level=error",
        ]  # fmt: skip
        with process(command) as child:
            until(lambda: answers(f"http://127.0.0.1:{port}/-/ready"), 20, what="Alertmanager")
            yield child, f"http://127.0.0.1:{port}"


def labels(number, app):
    return {"alertname": f"alert-{number}", "app": app, "team": "kitchen", "severity": "page"}


def webhook(numbers, app, group):
    return {
        "version": "4", "groupKey": group, "truncatedAlerts": 0, "status": "firing", "receiver": "jubako", "groupLabels": {},
        "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://127.0.0.1",
        "alerts": [
            {"status": "firing", "labels": labels(number, app(number)), "annotations": {"summary": f"alert-{number} of {app(number)}"},
             "startsAt": "2026-11-24T06:00:00Z", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "", "fingerprint": f"f{number}"}
            for number in numbers
        ],
    }  # fmt: skip


def wait_for(slack, channels):
    until(lambda: slack.state()["channels"] >= channels, 120, 0.05, f"{channels} messages")


def receiver(slack):
    """Webhooks a second, each on disk before its answer; Slack takes nothing meanwhile. Then the memory with 10,000 that wait."""
    slack.reset("closed")
    with jubako(slack, 100) as (child, url, token):
        env = os.environ | {"TOKEN": token, "APPS": "100"}
        command = [tool("wrk"), "-t2", "-c64", "-d6s", "-s", str(Path(__file__).parent / "webhooks.lua"), url]
        output = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
        rate = float(re.search(r"Requests/sec: *([\d.]+)", output).group(1))
        failed = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
        if failed:
            rate = f"{failed.group(1)} webhooks were refused"
    with jubako(slack, 100) as (child, url, token):
        for start in range(0, CHANNELS, 100):
            for group in range(start, start + 100):
                call(f"{url}/api/alertmanager", webhook([group], lambda n: f"app{n % 100}", f"g{group}"), {"Authorization": f"Bearer {token}"})
        time.sleep(2)
        return rate, megabytes(child)


def dispatch_ours(slack):
    slack.reset("open")
    with jubako(slack, CHANNELS) as (child, url, token):
        time.sleep(2)
        before, start = cpu(child), time.time()
        for part in range(0, CHANNELS, 1000):
            body = webhook(range(part, part + 1000), lambda n: f"app{n}", f"part{part}")
            call(f"{url}/api/alertmanager", body, {"Authorization": f"Bearer {token}"})
        wait_for(slack, CHANNELS)
        return CHANNELS / (time.time() - start), (cpu(child) - before) / CHANNELS * 1000


def dispatch_peer(slack):
    slack.reset("open")
    with alertmanager(slack, "app") as (child, url):
        before, start = cpu(child), time.time()
        for part in range(0, CHANNELS, 1000):
            call(f"{url}/api/v2/alerts", [{"labels": labels(n, f"app{n}"), "annotations": {"summary": "s"}} for n in range(part, part + 1000)])
        wait_for(slack, CHANNELS)
        return CHANNELS / (time.time() - start), (cpu(child) - before) / CHANNELS * 1000


def burst(slack, send, limit):
    """Seconds until a reader has seen all of a burst, how many new messages that took, and refused calls."""
    slack.reset("pace")
    start = time.time()
    send()
    end = start + limit
    while len((state := slack.state())["seen"]) < BURST and time.time() < end:
        time.sleep(0.1)
    seen = state["seen"]
    seconds = max(seen.values()) - start if len(seen) == BURST else f"{len(seen)} of {BURST} after {limit} s"
    return seconds, state["posts"], state["refused"]


def burst_ours(slack):
    with jubako(slack, 1) as (_, url, token):
        def send():
            for number in range(BURST):
                call(f"{url}/api/alertmanager", webhook([number], lambda n: "app0", f"g{number}"), {"Authorization": f"Bearer {token}"})
        return burst(slack, send, 30)


def burst_peer(slack):
    with alertmanager(slack, "alertname", "5s") as (_, url):
        return burst(slack, lambda: call(f"{url}/api/v2/alerts", [{"labels": labels(n, "app0")} for n in range(BURST)]), 60)


def measure():
    with sink() as slack:
        peer_rate, peer_cpu = dispatch_peer(slack)
        our_rate, our_cpu = dispatch_ours(slack)
        webhooks, memory = receiver(slack)
        our_burst, our_posts, our_refused = burst_ours(slack)
        peer_burst, peer_posts, peer_refused = burst_peer(slack)
    name = "Alertmanager's Slack receiver"
    return [
        Figure("webhooks accepted, each on disk", "/s", webhooks, {}, "≥ 3,600"),
        Figure("10,000 alerts to 10,000 channels", "/s", our_rate, {name: peer_rate}, "≥ peer"),
        Figure("CPU for each notification", "ms", our_cpu, {name: peer_cpu}, "≤ 0.5"),
        Figure("memory with 10,000 queued", "MB", memory, {}, "≤ 150"),
        Figure("60 alerts for a channel of 1 message/s: all visible", "s", our_burst, {name: peer_burst}, "≤ 10"),
        Figure("… new messages", "", our_posts, {name: peer_posts}, "≤ 3"),
        Figure("… refused calls", "", our_refused, {name: peer_refused}, "≤ 1"),
    ]
