"""A rolling update of ten replicas, and the replacement of a killed one, beside Docker Swarm and ministack."""
import contextlib
import statistics
import subprocess
import time

from containers import containers
from harness import Figure, Unavailable
from load import Wrk
from servers import engine, ministack
from services import SERVICE, ECSService, SwarmService, swarm

REPLICAS = 10
DEPLOYS = 10
LOAD_SECONDS = 90
# The engine takes what ends sooner for a crash loop, and waits before it starts it again.
SETTLED_SECONDS = 11


def rolls(service, count):
    """Seconds of the median deploy, from version 1 to 2 and back."""
    return statistics.median(service.roll("2" if turn % 2 == 0 else "1") for turn in range(count))


def kills(found, service, count):
    times = []
    time.sleep(SETTLED_SECONDS)
    for _ in range(count):
        times.append(found.replacement())
        if isinstance(service, ECSService):
            service.wait("2" if found.running("2") else "1", 60)
    return statistics.median(times)


def under_load(service, entry):
    """Deploys while requests keep coming: (requests, failed ones, seconds of the median deploy)."""
    wrk = Wrk(entry, 16, 600, VIRTUAL_HOST=f"{SERVICE}.localhost")
    try:
        seconds = rolls(service, DEPLOYS)
        # So many deploys last about as long; the rest makes the number of requests comparable.
        with contextlib.suppress(subprocess.TimeoutExpired):
            wrk.process.wait(max(0, LOAD_SECONDS - DEPLOYS * seconds))
    finally:
        load = wrk.stop()
    return load, seconds


def attempt(found, measure, count):
    """So many figures, or the same reason for each of them; no containers stay behind."""
    try:
        return measure()
    except Unavailable as reason:
        return (str(reason),) * count
    finally:
        found.remove_all()


def measure():
    with containers() as found:

        def on_swarm():
            with swarm(found):
                service = SwarmService(found, REPLICAS)
                return rolls(service, 4), kills(found, service, 2)

        def on_ministack():
            with ministack() as url:
                service = ECSService(url, REPLICAS)
                return rolls(service, 2), kills(found, service, 3)

        def on_engine():
            with engine() as server:
                service = ECSService(server.url, REPLICAS, balanced=True)
                quiet, killed = rolls(service, 4), kills(found, service, 5)
                load, busy = under_load(service, server.entry)
                service.delete()
                return quiet, killed, busy, load.requests, load.failed

        swarm_roll, swarm_kill = attempt(found, on_swarm, 2)
        ministack_roll, ministack_kill = attempt(found, on_ministack, 2)
        quiet, killed, busy, requests, failed = attempt(found, on_engine, 5)
    return [
        Figure("rolling update of 10 replicas", "s", quiet, {"swarm": swarm_roll, "ministack": ministack_roll}, "≤ 3.0 s, ≤ 0.85× swarm"),
        Figure("the same under load", "s", busy),
        Figure(f"requests during {DEPLOYS} deploys", "", requests, goal="≥ 100,000"),
        Figure("of these failed", "", failed, goal="0"),
        Figure("killed container to replacement", "ms", killed, {"swarm": swarm_kill, "ministack": ministack_kill}, "≤ 600 ms"),
    ]
