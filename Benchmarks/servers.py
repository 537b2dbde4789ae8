"""Starts and stops what answers the ECS API: Jubako's engine, moto, ministack; each on free ports, on loopback."""
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from harness import AWS, JUBAKO, Unavailable, tool, until

try:
    import boto3
    from botocore.config import Config
except ImportError as error:
    raise Unavailable(f"{error} (run 'make bench', or script/bootstrap bench and put its tools on PATH)") from error


@dataclass
class Engine:
    url: str
    entry: str
    """Where HAProxy answers: the Host header chooses the load balancer."""
    pid: int


def client(service, url):
    config = Config(retries={"total_max_attempts": 1}, read_timeout=120, tcp_keepalive=True)
    return boto3.client(
        service, endpoint_url=url, region_name=AWS["AWS_REGION"], config=config,
        aws_access_key_id=AWS["AWS_ACCESS_KEY_ID"], aws_secret_access_key=AWS["AWS_SECRET_ACCESS_KEY"],
    )  # fmt: skip


def ecs(url):
    return client("ecs", url)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(name, command, port, env=None):
    """Runs a server until the block ends. Raises Unavailable with its last words if it does not answer."""
    with tempfile.NamedTemporaryFile("w+", prefix=f"bench-{name}-") as log:
        process = subprocess.Popen(
            command, env=os.environ | AWS | (env or {}), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)  # fmt: skip

        def answers():
            if process.poll() is not None:
                raise Unavailable(f"{name} ended with {process.returncode}: {' / '.join(Path(log.name).read_text().strip().splitlines()[-3:])}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
            return False

        try:
            until(answers, 60, what=f"{name}'s answer on port {port}")
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def engine():
    port, entry = free_port(), free_port()
    folder = tempfile.mkdtemp(prefix="bench-engine-")
    command = [JUBAKO, "engine", "--data-dir", folder, "--port", str(port), "--http-port", str(entry), "--timing", "local"]
    try:
        with server("jubako engine", command, port) as process:
            yield Engine(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{entry}", process.pid)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def moto():
    port = free_port()
    with server("moto", [tool("moto_server"), "-H", "127.0.0.1", "-p", str(port)], port):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def ministack():
    port = free_port()
    with server("ministack", [tool("ministack")], port, {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1", "LOG_LEVEL": "WARNING"}):
        time.sleep(1)  # the port is open before its services are
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def optional(context):
    """Enters a context, or gives the reason why that is impossible: (value, None) or (None, reason)."""
    with contextlib.ExitStack() as stack:
        try:
            entered = stack.enter_context(context), None
        except Unavailable as reason:
            entered = None, str(reason)
        yield entered
