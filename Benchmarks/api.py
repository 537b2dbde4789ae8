"""The engine's API under load, beside moto and ministack."""
import json

from harness import Figure, Unavailable
from load import Wrk
from servers import ecs, engine, ministack, moto, optional

SECONDS, ROUNDS = 4, 3
CONTAINER = {"name": "app", "image": "registry.example.com/web:1", "memory": 64, "environment": [{"name": "PORT", "value": "8080"}]}
CALLS = {
    "DescribeServices": {"cluster": "bench", "services": ["load"]},
    "RegisterTaskDefinition": {"family": "load", "containerDefinitions": [CONTAINER]},
}


def rounds(url, call, connections):
    """The round with the median rate. A failed answer is no answer: any makes the figure void."""
    loads = [Wrk(url, connections, SECONDS, TARGET=call, BODY=json.dumps(CALLS[call])).result() for _ in range(ROUNDS)]
    if failed := sum(load.failed for load in loads):
        raise Unavailable(f"{failed} of {sum(load.requests for load in loads)} calls failed")
    return sorted(loads, key=lambda load: load.rate)[ROUNDS // 2]


def one(url, call):
    client = ecs(url)
    client.create_cluster(clusterName="bench")
    client.register_task_definition(**CALLS["RegisterTaskDefinition"])
    client.create_service(cluster="bench", serviceName="load", taskDefinition="load", desiredCount=0)
    return {connections: rounds(url, call, connections) for connections in (1, 16)}


def measure():
    figures = []
    results = {}
    for name, start in (("ours", engine), ("moto", moto), ("ministack", ministack)):
        for call in CALLS:
            # A server of its own for each call: thousands of revisions would slow the next one down.
            with optional(start()) as (entered, reason):
                try:
                    results[name, call] = one(getattr(entered, "url", entered), call) if entered else reason
                except Unavailable as failure:
                    results[name, call] = str(failure)

    def value(name, call, connections, field):
        result = results[name, call]
        return result if isinstance(result, str) else getattr(result[connections], field)

    for title, call, connections, field, unit, goal in (
        ("DescribeServices, 16 connections", "DescribeServices", 16, "rate", "req/s", "≥ 5,000 req/s"),
        ("DescribeServices, one connection, p50", "DescribeServices", 1, "p50", "ms", "< 0.5 ms"),
        ("RegisterTaskDefinition, 16 connections", "RegisterTaskDefinition", 16, "rate", "req/s", "≥ 1,000 req/s, durable"),
        ("RegisterTaskDefinition, one connection, p50", "RegisterTaskDefinition", 1, "p50", "ms", ""),
    ):
        peers = {name: value(name, call, connections, field) for name in ("moto", "ministack")}
        figures.append(Figure(title, unit, value("ours", call, connections, field), peers, goal))
    return figures
