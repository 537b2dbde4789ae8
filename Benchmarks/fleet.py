"""A repository of many small apps, and the answers of an ECS that has them all running."""
import asyncio
import json
import sys
from pathlib import Path

from http_server import Exchange, serve

ARN = "arn:aws:ecs:us-east-1:000000000000"
DEPLOYED_AT = 1_790_000_000


def write(folder, apps, endpoint):
    """The definitions: a team has fifty apps, every tenth app a channel of its own."""
    Path(folder, "apps").mkdir(parents=True)
    teams = "".join(f"  team-{number:03}: {{channel: '#team-{number:03}'}}\n" for number in range(max(1, apps // 50)))
    Path(folder, "jubako.yml").write_text(
        f"environments: {{local: {{region: us-east-1, cluster: default, endpoint_url: '{endpoint}'}}}}\nteams:\n{teams}")
    for number in range(apps):
        Path(folder, "apps", f"{name(number)}.yml").write_text(
            f"owner: team-{number // 50:03}\nscheduler: {{type: ecs, desired_count: 2}}\n"
            "app: {image: web, memory: 64, port_mappings: [{container_port: 8080}]}\n"
            + (f"monitoring: {{port: 8080, channel: '#app-{number}'}}\n" if number % 10 == 0 else ""))


def name(number):
    return f"shop-service-{number:04}"


def service(app):
    """As DescribeServices of ECS has it, with the events of a quiet week."""
    revision = f"{ARN}:task-definition/{app}:7"
    seed = sum(app.encode())
    deployment = {
        "id": f"ecs-svc/{seed:019}", "status": "PRIMARY", "taskDefinition": revision, "desiredCount": 2, "runningCount": 2, "pendingCount": 0,
        "failedTasks": 0, "createdAt": DEPLOYED_AT + seed, "updatedAt": DEPLOYED_AT + seed + 90, "launchType": "FARGATE",
        "rolloutState": "COMPLETED", "rolloutStateReason": f"ECS deployment ecs-svc/{seed:019} completed.",
    }  # fmt: skip
    return {
        "serviceArn": f"{ARN}:service/default/{app}", "serviceName": app, "clusterArn": f"{ARN}:cluster/default", "status": "ACTIVE",
        "desiredCount": 2, "runningCount": 2, "pendingCount": 0, "launchType": "FARGATE", "taskDefinition": revision,
        "deployments": [deployment], "createdAt": DEPLOYED_AT, "loadBalancers": [],
        "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100},
        "events": [
            {"id": f"{seed:08}-0000-4000-8000-{number:012}", "createdAt": DEPLOYED_AT + seed + 90 - number * 20_000,
             "message": f"(service {app}) has reached a steady state."} for number in range(20)
        ],
    }  # fmt: skip


class Cluster(Exchange):
    """DescribeServices of ECS, and nothing else."""

    texts = {}

    def answer(self, head, body):
        return self.services(json.loads(body)["services"]).encode() if b".DescribeServices" in head else b"{}"

    def services(self, names):
        for app in names:
            if app not in self.texts:
                self.texts[app] = json.dumps(service(app))
        return f'{{"services":[{",".join(self.texts[app] for app in names)}],"failures":[]}}'


if __name__ == "__main__":
    asyncio.run(serve(Cluster, int(sys.argv[1])))
