"""The benches' image, made from Debian's busybox, and what Docker says about its containers."""
import contextlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import time

from harness import Unavailable, tool

try:
    import docker
except ImportError as error:
    raise Unavailable(f"{error} (run 'make bench', or script/bootstrap bench and put its tools on PATH)") from error

NAME = "jubako-bench"
# As process 1 httpd would ignore TERM, and the bench would time Docker's patience.
COMMAND = ["/bin/sh", "-c", "trap 'exit 0' TERM; httpd -f -p 8080 -h /www & wait"]


def archive(version):
    """A root file system: busybox, its libraries (a static one crashes in the resolver), a page that tells the version."""
    busybox = shutil.which("busybox") or tool("busybox")
    libraries = re.findall(r"(/\S+) \(0x", subprocess.run(["ldd", busybox], capture_output=True, text=True, check=True).stdout)
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", dereference=True) as tar:
        tar.add(busybox, "bin/busybox")
        for library in libraries:
            tar.add(library, library)
        for applet in ("sh", "httpd"):
            link = tarfile.TarInfo(f"bin/{applet}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            tar.addfile(link)
        page = tarfile.TarInfo("www/index.html")
        page.size = len(version)
        tar.addfile(page, io.BytesIO(version.encode()))
    return data.getvalue()


class Containers:
    def __init__(self, client):
        self.client = client

    def running(self, version=None):
        """The ids of the running containers of the bench's images, or of one of them."""
        images = [f"{NAME}:{version}"] if version else [f"{NAME}:1", f"{NAME}:2"]
        return {entry["Id"] for image in images for entry in self.client.api.containers(filters={"ancestor": image, "status": "running"})}

    def only(self, version, count):
        """Whether so many containers of this version run and none of the other."""
        return len(self.running(version)) == count and len(self.running()) == count

    def replacement(self, seconds=60):
        """Kills the oldest container; returns the milliseconds until Docker has started another one."""
        created = {entry["Id"]: entry["Created"] for entry in self.client.api.containers()}
        victim = min(self.running(), key=created.get)
        begin = time.time()
        events = self.client.api.events(
            since=begin, until=int(begin + seconds), decode=True, filters={"type": "container", "event": "start", "image": [f"{NAME}:1", f"{NAME}:2"]})
        self.client.api.kill(victim)
        killed = time.time_ns()
        for event in events:
            events.close()
            return (event["timeNano"] - killed) / 1e6
        raise Unavailable(f"a killed container had no replacement after {seconds} s")

    def remove_all(self):
        for image in (f"{NAME}:1", f"{NAME}:2"):
            for entry in self.client.api.containers(all=True, filters={"ancestor": image}):
                with contextlib.suppress(docker.errors.APIError):
                    self.client.api.remove_container(entry["Id"], force=True, v=True)


@contextlib.contextmanager
def containers():
    """The two images, and at the end no trace of them or of their containers."""
    try:
        client = docker.from_env(timeout=120)
        for version in ("1", "2"):
            client.api.import_image_from_data(archive(version), repository=NAME, tag=version, changes=[f"CMD {json.dumps(COMMAND)}"])
    except docker.errors.DockerException as error:
        raise Unavailable(f"Docker: {error}") from error
    found = Containers(client)
    try:
        yield found
    finally:
        found.remove_all()
        for version in ("1", "2"):
            with contextlib.suppress(docker.errors.APIError):
                client.api.remove_image(f"{NAME}:{version}", force=True)
        client.close()
