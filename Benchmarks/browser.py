"""A page in a real Chromium over slow 4G with a processor four times slower, by W3C WebDriver: when its largest content was painted."""
import contextlib
import json
import statistics
import urllib.request
from pathlib import Path

from alerting import answers, free_port, process
from harness import Unavailable, until

DRIVER, CHROMIUM = "/usr/bin/chromedriver", "/usr/bin/chromium"
# As the DevTools call them; bytes a second.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
LARGEST = """
const done = arguments[arguments.length - 1];
new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({type: "largest-contentful-paint", buffered: true});
setTimeout(() => done(null), 5000);
"""


class Browser:
    def __init__(self, url):
        self.url = url

    def call(self, path, body, method="POST"):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def devtools(self, command, **parameters):
        return self.call("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def largest_paint(self, url, loads=5):
        """The median milliseconds of so many loads, each with nothing cached."""
        times = []
        for _ in range(loads):
            self.devtools("Network.clearBrowserCache")
            self.call("/url", {"url": url})
            times.append(self.call("/execute/async", {"script": LARGEST, "args": []}))
        if None in times:
            raise Unavailable("Chromium painted nothing")
        return statistics.median(times)


@contextlib.contextmanager
def slow_browser():
    if not (Path(DRIVER).exists() and Path(CHROMIUM).exists()):
        raise Unavailable("Chromium is not installed (script/bootstrap test)")
    port = free_port()
    with process([DRIVER, f"--port={port}", "--allowed-ips=127.0.0.1", "--log-level=SEVERE"]):
        url = f"http://127.0.0.1:{port}"
        until(lambda: answers(f"{url}/status"), 20, what="chromedriver")
        arguments = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=390,844"]
        options = {"goog:chromeOptions": {"binary": CHROMIUM, "args": arguments}}
        session = Browser(url).call("/session", {"capabilities": {"alwaysMatch": options}})["sessionId"]
        browser = Browser(f"{url}/session/{session}")
        try:
            browser.devtools("Network.enable")
            browser.devtools("Network.emulateNetworkConditions", **SLOW_4G)
            browser.devtools("Emulation.setCPUThrottlingRate", rate=4)
            yield browser
        finally:
            browser.call("", {}, "DELETE")
