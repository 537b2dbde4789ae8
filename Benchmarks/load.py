"""Load from wrk."""
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from harness import Unavailable, tool


@dataclass
class Load:
    requests: int
    rate: float
    """Requests per second."""
    p50: float
    """Milliseconds."""
    p99: float
    failed: int


class Wrk:
    """wrk on an address, from its creation until its end or `stop`."""

    def __init__(self, url, connections, seconds, **settings):
        script = Path(__file__).with_name("load.lua")
        command = [tool("wrk"), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), url]
        self.process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        return self.result()

    def result(self):
        output, _ = self.process.communicate()
        for line in output.splitlines():
            if line.startswith("RESULT "):
                requests, rate, p50, p99, failed = line.split()[1:]
                return Load(int(requests), float(rate), float(p50), float(p99), int(failed))
        raise Unavailable(f"wrk: {output.strip()[-200:]}")
