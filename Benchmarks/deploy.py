"""A deploy as a whole process against a local moto server, beside ecs-deploy making the same calls."""
import tempfile
from pathlib import Path

from harness import JUBAKO, Figure, Unavailable, medians, run, tool
from servers import ecs, moto

DEFINITION = """\
scheduler:
  type: ecs
  region: us-east-1
  cluster: bench
  desired_count: 0
app:
  image: registry.example.com/web
  tag: '0'
  memory: 128
"""


def measure():
    with tempfile.TemporaryDirectory() as folder, moto() as url:
        client = ecs(url)
        client.create_cluster(clusterName="bench")
        # ecs-deploy needs a service of its own that exists; Jubako makes its own.
        client.register_task_definition(family="peer", containerDefinitions=[{"name": "app", "image": "registry.example.com/web:0", "memory": 128}])
        client.create_service(cluster="bench", serviceName="peer", taskDefinition="peer", desiredCount=0)
        file = Path(folder) / "web.yml"
        file.write_text(DEFINITION)

        def peer(turn):
            return ["/usr/bin/env", f"AWS_ENDPOINT_URL={url}", tool("ecs"), "deploy", "bench", "peer", "--tag", f"1.{turn}"]

        def ours(*arguments):
            return ["/usr/bin/env", f"AWS_ENDPOINT_URL={url}", JUBAKO, "deploy", *arguments, str(file)]

        run(ours())
        same = medians({"ours": ours(), "floor": ["/usr/bin/env", "true"]}, runs=15)
        full = medians({"ours": lambda turn: ours("--tag", f"1.{turn}"), "peer": peer}, runs=10)
        if isinstance(same["ours"], str):
            raise Unavailable(same["ours"])
        peers = {"ecs-deploy": full["peer"]}
        return [
            Figure("deploy, nothing to do", "ms", same["ours"], peers, "≤ 130 ms, ≤ 0.25×"),
            Figure("deploy with wait, desired count 0", "ms", full["ours"], peers, "≤ 130 ms, ≤ 0.25×"),
        ]
