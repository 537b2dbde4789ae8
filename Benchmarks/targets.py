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

APPS, TASKS = 500, 10_000
ARN = "arn:aws:ecs:us-east-1:000000000000"


class Cluster(asyncio.Protocol):
    """ListTasks and DescribeTasks of ECS, and nothing else; counts what it is asked."""

    calls = {}

    def connection_made(self, transport):
        self.transport, self.buffer = transport, b""

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end]
            length = re.search(rb"(?i)content-length: *(\d+)", head)
            total = end + 4 + (int(length.group(1)) if length else 0)
            if len(self.buffer) < total:
                return
            body, self.buffer = self.buffer[end + 4 : total], self.buffer[total:]
            if head.startswith(b"GET "):
                answer = self.calls
            else:
                operation = re.search(rb"(?i)x-amz-target: *[^.]*\.(\w+)", head).group(1).decode()
                self.calls[operation] = self.calls.get(operation, 0) + 1
                answer = getattr(self, operation, lambda _: {})(json.loads(body or b"{}"))
            text = json.dumps(answer).encode()
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text))

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


async def serve(port):
    server = await asyncio.get_running_loop().create_server(Cluster, "127.0.0.1", port)
    await server.serve_forever()


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
    asyncio.run(serve(int(sys.argv[1])))
