"""The console's pages: a list of 50 and of 5,000 apps, an app's overview, a thousand open event streams; promgen serves as many projects."""
import contextlib
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import browser
import fleet
from alerting import answers, cpu, free_port, megabytes, process
from harness import CACHE, JUBAKO, Figure, Unavailable, until
from load import Wrk

FEW, MANY = 50, 5_000
STREAMS = 1_000
SECONDS, ROUNDS = 5, 3
# The server lets an address have fifty streams; all of 127.0.0.0/8 is this machine.
STREAMS_OF_ADDRESS = 50


def call(url, headers=None):
    return urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=60).read().decode()


@contextlib.contextmanager
def console(apps):
    """The server over so many apps, once it has read them all."""
    with tempfile.TemporaryDirectory() as folder:
        cluster, port = free_port(), free_port()
        fleet.write(f"{folder}/definitions", apps, f"http://127.0.0.1:{cluster}")
        url = f"http://127.0.0.1:{port}"
        command = [JUBAKO, "server", "--definitions", f"{folder}/definitions", "--data-dir", f"{folder}/data", "--port", str(port), "--interval", "600"]
        with process([sys.executable, fleet.__file__, str(cluster)]), process(command) as child:
            until(lambda: answers(f"{url}/healthz"), 60, what="jubako server")
            # DescribeServices takes ten at a time, and the server asks five times a second.
            until(lambda: f'"total":{apps},' in call(f"{url}/api/apps?health=good"), apps / 50 + 60, 0.5, f"{apps} read apps")
            yield child, url


def load(url, connections, seconds=SECONDS):
    """The round with the median 99th percentile. A failed answer is no answer: any makes the figure void."""
    Wrk(url, connections, 1).result()
    rounds = [Wrk(url, connections, seconds).result() for _ in range(ROUNDS)]
    if failed := sum(round.failed for round in rounds):
        raise Unavailable(f"{failed} of {sum(round.requests for round in rounds)} requests failed")
    return sorted(rounds, key=lambda round: round.p99)[ROUNDS // 2]


def cost(url, child):
    """Milliseconds of CPU for a request: what else the machine does hardly changes it."""
    start = cpu(child)
    requests = Wrk(url, 1, SECONDS).result().requests
    return (cpu(child) - start) / requests * 1000


def streams(url, child):
    """Memory, in megabytes, before and with a thousand streams that have all been told something."""
    host, port = url.removeprefix("http://").split(":")
    before = megabytes(child)
    with contextlib.ExitStack() as open_sockets:
        listeners = []
        for number in range(STREAMS):
            address = f"127.0.1.{1 + number // STREAMS_OF_ADDRESS}"
            listener = open_sockets.enter_context(socket.create_connection((host, int(port)), 10, (address, 0)))
            listener.sendall(f"GET /api/events/stream HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/event-stream\r\n\r\n".encode())
            listeners.append(listener)
        for listener in listeners:
            received = b""
            while b"event: beat" not in received:
                listener.settimeout(30)
                if not (part := listener.recv(4096)):
                    raise Unavailable(f"a stream ended: {received[-200:]!r}")
                received += part
        start = cpu(child)
        time.sleep(16)
        used = (cpu(child) - start) / 16 * 100
        count = int(float(re.search(r"^jubako_event_streams (\S+)", call(f"{url}/metrics"), re.M).group(1)))
        if count != STREAMS:
            raise Unavailable(f"{count} of {STREAMS} streams are open")
        return before, megabytes(child), used


@contextlib.contextmanager
def promgen(projects):
    """promgen under gunicorn with a worker for each core, and a session of its user."""
    python = CACHE / "tools/promgen/bin/python"
    if not python.exists():
        raise Unavailable("promgen is not installed (script/bootstrap bench)")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "promgen.yml").write_text("prometheus: {url: 'http://127.0.0.1:9/'}\nalertmanager: {url: 'http://127.0.0.1:9'}\n")
        env = {
            "SECRET_KEY": secrets.token_hex(), "DATABASE_URL": f"sqlite:///{folder}/promgen.sqlite3", "PROMGEN_CONFIG_DIR": folder,
            "STATIC_ROOT": f"{folder}/static", "PYTHONPATH": str(Path(__file__).parent),
        }  # fmt: skip
        filled = subprocess.run(
            [python, "-m", "promgen_site", str(projects)], env=os.environ | env, capture_output=True, text=True, timeout=120)  # fmt: skip
        if filled.returncode:
            raise Unavailable(f"promgen: {filled.stderr.strip().splitlines()[-1:]}")
        session, project = filled.stdout.strip().splitlines()[-1].split()
        port = free_port()
        command = [python, "-m", "gunicorn", "--workers", str(os.cpu_count()), "--bind", f"127.0.0.1:{port}", "--no-control-socket", "promgen_site:application"]
        with process(command, env):
            url = f"http://127.0.0.1:{port}"
            cookie = {"Cookie": f"sessionid={session}"}

            def ready():
                # The first time its list of plugins fails, by a version that it cannot read.
                with contextlib.suppress(OSError):
                    return "Promgen" in call(f"{url}/project/{project}", cookie)
                return False

            for _ in range(2 * os.cpu_count()):
                until(ready, 30, 0.1, "promgen")
            yield url, cookie["Cookie"], project


def peer():
    """promgen's page of a team with fifty projects, and of one project."""
    try:
        with promgen(MANY) as (url, cookie, project):
            pages = {"list": f"{url}/service/2", "app": f"{url}/project/{project}"}
            results = {(name, connections): Wrk(page, connections, SECONDS, COOKIE=cookie).result() for name, page in pages.items() for connections in (1, 16)}
        if failed := sum(result.failed for result in results.values()):
            return f"promgen: {failed} requests failed"
        return results
    except (Unavailable, subprocess.TimeoutExpired) as reason:
        return str(reason)


def paints(pages):
    """When the largest content of each page was painted, in milliseconds, or why that is not known."""
    try:
        with browser.slow_browser() as chromium:
            return [chromium.largest_paint(page) for page in pages]
    except Unavailable as reason:
        return [str(reason)] * len(pages)


def measure():
    theirs = peer()
    with console(FEW) as (child, url):
        few = load(f"{url}/apps", 1)
        few_cost = cost(f"{url}/apps", child)
        before, with_streams, used = streams(url, child)
    with console(MANY) as (child, url):
        many = load(f"{url}/apps", 1)
        many_cost = cost(f"{url}/apps", child)
        found = load(f"{url}/apps?q=vice-49", 1)
        overview = load(f"{url}/apps/{fleet.name(7)}", 16)
        list_paint, overview_paint = paints([f"{url}/apps", f"{url}/apps/{fleet.name(7)}"])

    def of_peer(page, connections, field):
        return {"promgen": theirs if isinstance(theirs, str) else getattr(theirs[page, connections], field)}

    return [
        Figure(f"list of {MANY:,} apps, 50 on the page, p50", "ms", many.p50, of_peer("list", 1, "p50")),
        Figure("… 99th percentile", "ms", many.p99, of_peer("list", 1, "p99"), "< 50"),
        Figure(f"… p50 beside that of {FEW} apps", "×", many.p50 / few.p50, {}, "≤ 1.5"),
        Figure(f"… CPU of a page beside that of {FEW} apps", "×", many_cost / few_cost, {}, "≤ 1.5"),
        Figure("… 99th percentile of a search", "ms", found.p99),
        Figure("overview of an app, rendered anew each time", "/s", overview.rate, of_peer("app", 16, "rate"), "≥ 3,000"),
        Figure("largest paint of the list in Chromium, slow 4G, processor 4× slower", "ms", list_paint, {}, "< 1,800"),
        Figure("… of the overview", "ms", overview_paint, {}, "< 1,800"),
        Figure("memory", "MB", before),
        Figure(f"… with {STREAMS:,} event streams", "MB", with_streams, {}, "≤ 150"),
        Figure("… CPU of them", "% of a core", used),
    ]
