"""A rolling update of ten replicas, and the replacement of a killed one, beside Docker Swarm and ministack."""
import statistics

from containers import containers
from harness import Figure, Unavailable
from load import Wrk
from servers import engine, ministack
from services import SERVICE, ECSService, SwarmService, swarm

REPLICAS = 10
DEPLOYS = 10
LOAD_SECONDS = 90


def rolls(service, count):
    """Seconds of the median deploy, from version 1 to 2 and back."""
    return statistics.median(service.roll("2" if turn % 2 == 0 else "1") for turn in range(count))


def kills(found, service, count):
    times = []
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
        try:
            wrk.process.wait(max(0, LOAD_SECONDS - DEPLOYS * seconds))
        except Exception:  # noqa: BLE001
            pass
    finally:
        load = wrk.stop()
    return load, seconds


def ours(found):
    with engine() as server:
        service = ECSService(server.url, REPLICAS, balanced=True)
        quiet = rolls(service, 4)
        killed = kills(found, service, 5)
        load, busy = under_load(service, server.entry)
        service.delete()
    found.remove_all()
    return quiet, killed, load, busy


def peer(found, measure):
    try:
        return measure()
    except Unavailable as reason:
        return str(reason), str(reason)
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

        swarm_roll, swarm_kill = peer(found, on_swarm)
        ministack_roll, ministack_kill = peer(found, on_ministack)
        quiet, killed, load, busy = ours(found)
    return [
        Figure("rolling update of 10 replicas", "s", quiet, {"swarm": swarm_roll, "ministack": ministack_roll}, "≤ 3.0 s, ≤ 0.85× swarm"),
        Figure("the same under load", "s", busy),
        Figure(f"requests during {DEPLOYS} deploys", "", load.requests, goal="≥ 100,000"),
        Figure("of these failed", "", load.failed, goal="0"),
        Figure("killed container to replacement", "ms", killed, {"swarm": swarm_kill, "ministack": ministack_kill}, "≤ 600 ms"),
    ]
