"""The list of targets for 10,000 tasks of 500 apps: how long a scrape of it takes, and how many ECS calls a reading costs."""
import asyncio
import contextlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alerting import answers, free_port, megabytes, process
from harness import JUBAKO, Figure, tool, until
from http_server import Exchange, serve

APPS, TASKS = 500, 10_000
ARN = "arn:aws:ecs:us-east-1:000000000000"


class Cluster(Exchange):
    """ListTasks and DescribeTasks of ECS, and nothing else; counts what it is asked."""

    calls = {}

    def answer(self, head, body):
        if head.startswith(b"GET "):
            return json.dumps(self.calls).encode()
        operation = re.search(rb"(?i)x-amz-target: *[^.]*\.(\w+)", head).group(1).decode()
        self.calls[operation] = self.calls.get(operation, 0) + 1
        return json.dumps(getattr(self, operation, lambda _: {})(json.loads(body or b"{}"))).encode()

    def ListTasks(self, body):
        start = int(body.get("nextToken") or 0)
        end = min(start + 100, TASKS)
        answer = {"taskArns": [f"{ARN}:task/default/{number:032x}" for number in range(start, end)]}
        return answer | ({"nextToken": str(end)} if end < TASKS else {})

    def DescribeTasks(self, body):
        return {"tasks": [self.task(arn, int(arn.rsplit("/", 1)[1], 16)) for arn in body["tasks"]], "failures": []}

    def task(self, arn, number):
        binding = {"containerPort": 8080, "hostPort": 20_000 + number, "bindIP": "0.0.0.0", "protocol": "tcp"}
        container = {"name": "app", "lastStatus": "RUNNING", "networkBindings": [binding]}
        return {
            "taskArn": arn, "taskDefinitionArn": f"{ARN}:task-definition/app{number % APPS}:7", "lastStatus": "RUNNING", "desiredStatus": "RUNNING",
            "clusterArn": f"{ARN}:cluster/default", "containers": [container],
        }  # fmt: skip


def fetch(url):
    import urllib.request

    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)
    return None


def measure():
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "apps").mkdir()
        cluster, port = free_port(), free_port()
        Path(folder, "jubako.yml").write_text(
            f"environments: {{local: {{region: us-east-1, cluster: default, endpoint_url: 'http://127.0.0.1:{cluster}'}}}}\n")
        for number in range(APPS):
            Path(folder, "apps", f"app{number}.yml").write_text(
                "scheduler: {type: ecs, desired_count: 20}\napp: {image: web, memory: 64, port_mappings: [{container_port: 8080}]}\n"
                "monitoring: {port: 8080}\n")
        targets = f"http://127.0.0.1:{port}/api/prometheus/targets"
        command = [JUBAKO, "server", "--definitions", folder, "--data-dir", f"{folder}/data", "--port", str(port), "--interval", "600"]
        with process([sys.executable, __file__, str(cluster)]):
            until(lambda: answers(f"http://127.0.0.1:{cluster}/"), 10, what="the stub of ECS")
            with process(command) as child:
                until(lambda: sum(len(group["targets"]) for group in fetch(targets) or []) == TASKS, 120, 0.5, f"{TASKS} targets")
                calls = fetch(f"http://127.0.0.1:{cluster}/")
                output = subprocess.run([tool("wrk"), "-t1", "-c1", "-d5s", "--latency", targets], capture_output=True, text=True, check=True).stdout
                value, unit = re.search(r"99% +([\d.]+)(us|ms|s)", output).groups()
                p99 = float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
                reading = calls.get("ListTasks", 0) + calls.get("DescribeTasks", 0) + calls.get("DescribeTaskDefinition", 0)
                return [
                    Figure("scrape of the list of 10,000 targets, 99th percentile", "ms", p99, {}, "< 50"),
                    Figure("ECS calls of one reading", "", reading, {"the fewest possible": 2 * TASKS // 100}, "≤ 1.2×"),
                    Figure("memory", "MB", megabytes(child), {}),
                ]


if __name__ == "__main__":
    asyncio.run(serve(Cluster, int(sys.argv[1])))
