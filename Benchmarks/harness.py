"""Runs processes and keeps what they took; prints figures beside their peers."""
import os
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "jubako"
JUBAKO = os.environ.get("JUBAKO", str(CACHE / "build/release/jubako"))

# No call of a bench ever leaves the machine.
AWS = {
    "AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
}  # fmt: skip


class Unavailable(Exception):
    """Something that cannot be measured here; says why."""


def tool(name):
    """The path of a peer's program."""
    if path := shutil.which(name):
        return path
    raise Unavailable(f"{name} is not installed (script/bootstrap bench)")


@dataclass
class Figure:
    """One line of a table. A peer's value is a number, or the reason why it is missing."""

    name: str
    unit: str
    ours: float | str
    peers: dict[str, float | str] = field(default_factory=dict)
    goal: str = ""

    def json(self):
        ratios = {
            name: round(self.ours / value, 3)
            for name, value in self.peers.items()
            if value and not isinstance(value, str) and not isinstance(self.ours, str)
        }
        return {"name": self.name, "unit": self.unit, "ours": self.ours, "peers": self.peers, "ratios": ratios, "goal": self.goal}


def table(title, figures):
    """The figures as aligned columns; why one is missing stands below them."""
    reasons = []

    def shown(value, unit):
        if not isinstance(value, str):
            return f"{value:,.{0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2}f} {unit}".strip()
        if value not in reasons:
            reasons.append(value)
        return f"none [{reasons.index(value) + 1}]"

    rows = [(title, "jubako", "peers (jubako's ratio to them)", "goal")]
    for figure in figures:
        ratios = figure.json()["ratios"]
        peers = [f"{name} {shown(value, figure.unit)}" + (f" ({ratios[name]:.2f}×)" if name in ratios else "") for name, value in figure.peers.items()]
        rows.append((figure.name, shown(figure.ours, figure.unit), ", ".join(peers), figure.goal))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], *(f"[{number}] {reason}" for number, reason in enumerate(reasons, 1))])


@dataclass
class Run:
    seconds: float
    cpu: float
    megabytes: float


def run(command, env=None, accept=(0,), cwd=ROOT):
    """Runs a process to its end, output to nowhere.

    Raises Unavailable with the end of its standard error if its exit code is not an accepted one.
    """
    with tempfile.TemporaryFile() as errors, open(os.devnull, "rb+") as null:
        environment = os.environ | AWS | (env or {})
        actions = [(os.POSIX_SPAWN_DUP2, fd, target) for target, fd in enumerate((null.fileno(), null.fileno(), errors.fileno()))]
        os.chdir(cwd)
        start = time.perf_counter()
        try:
            pid = os.posix_spawn(command[0], command, environment, file_actions=actions)
        except OSError as error:
            raise Unavailable(f"{command[0]}: {error.strerror}") from error
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in accept:
            errors.seek(0)
            last = errors.read().decode(errors="replace").strip().splitlines()[-3:]
            raise Unavailable(f"{' '.join(command)[:120]} ended with {os.waitstatus_to_exitcode(status)}: {' / '.join(last)}")
        return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def medians(commands, runs=15):
    """The median milliseconds of each command: name -> value, or why there is none.

    A command is a list, or a function of the run's number that returns one. The commands take turns, so that what else the
    machine does hits all of them alike; the first turn does not count.
    """
    times, missing = {name: [] for name in commands}, {}
    for turn in range(runs + 1):
        for name, command in commands.items():
            if name in missing:
                continue
            try:
                taken = run(command(turn) if callable(command) else command).seconds * 1000
                if turn:
                    times[name].append(taken)
            except Unavailable as reason:
                missing[name] = str(reason)
    return {name: missing.get(name) or statistics.median(times[name]) for name in commands}


def until(condition, seconds, interval=0.02, what="the condition"):
    """Waits until a condition holds; returns the seconds that it took."""
    start = time.perf_counter()
    while not condition():
        if time.perf_counter() - start > seconds:
            raise Unavailable(f"{what} was not there after {seconds} s")
        time.sleep(interval)
    return time.perf_counter() - start
