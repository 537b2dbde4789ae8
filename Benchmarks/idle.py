"""What the engine costs while fifty tasks run and nobody asks for anything."""
import os
import time

from containers import containers
from harness import Figure
from servers import engine
from services import ECSService

TASKS = 50
SECONDS = 20


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def measure():
    with containers() as found, engine() as server:
        service = ECSService(server.url, TASKS)
        time.sleep(5)
        before = cpu_seconds(server.pid)
        time.sleep(SECONDS)
        used = (cpu_seconds(server.pid) - before) / SECONDS * 100
        memory = megabytes(server.pid)
        service.delete()
        found.running()
    return [
        Figure(f"CPU with {TASKS} idle tasks", "% of a core", used, goal="< 1 %"),
        Figure("memory (RSS)", "MB", memory, goal="< 80 MB"),
    ]
