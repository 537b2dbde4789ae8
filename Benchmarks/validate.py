"""Checking a folder of 1,000 definitions, beside the jsonnet binary evaluating the same files on all cores."""
import os
import statistics
import tempfile
from pathlib import Path

from harness import JUBAKO, Figure, Unavailable, run, tool

COUNT = 1000

YAML = """\
scheduler:
  type: ecs
  region: us-east-1
  cluster: bench
  desired_count: 2
  deployment_configuration:
    minimum_healthy_percent: 100
    maximum_percent: 200
app:
  image: registry.example.com/app{number}
  tag: '{number}'
  memory: 512
  cpu: 256
  port_mappings:
    - container_port: 8080
      host_port: 0
  env:
    PORT: '8080'
    NAME: app{number}
sidecars:
  front:
    image_tag: registry.example.com/front:1
    memory: 64
    links: [app]
"""

LIBRARY = """\
{
  scheduler:: { type: 'ecs', region: 'us-east-1', cluster: 'bench', desired_count: 2 },
  app(number):: { image: 'registry.example.com/app%d' % number, tag: '%d' % number, memory: 512, cpu: 256 },
}
"""

JSONNET = """\
local company = import 'include/company.libsonnet';
{{
  scheduler: company.scheduler,
  app: company.app({number}) {{
    port_mappings: [{{ container_port: 8080, host_port: 0 }}],
    env: {{ PORT: '8080', NAME: std.extVar('appId') }},
  }},
  sidecars: {{ front: {{ image_tag: 'registry.example.com/front:1', memory: 64, links: ['app'] }} }},
}}
"""


def seconds(command, runs, cache, accept=(0,)):
    return statistics.median(run(command, {"XDG_CACHE_HOME": str(cache)}, accept).seconds for _ in range(runs))


def measure():
    with tempfile.TemporaryDirectory() as folder:
        yaml, jsonnet, cache = (Path(folder) / name for name in ("yaml", "jsonnet", "cache"))
        for path in (yaml, jsonnet, jsonnet / "include", cache):
            path.mkdir()
        (jsonnet / "include/company.libsonnet").write_text(LIBRARY)
        for number in range(COUNT):
            (yaml / f"app{number}.yml").write_text(YAML.format(number=number))
            (jsonnet / f"app{number}.jsonnet").write_text(JSONNET.format(number=number))

        try:
            binary = f"find {jsonnet} -name '*.jsonnet' | xargs -P {os.cpu_count()} -n 1 {tool('jsonnet')} --ext-str appId=app"
            peer = seconds(["/bin/sh", "-c", binary], 1, cache)
        except Unavailable as reason:
            peer = str(reason)
        cold = seconds([JUBAKO, "validate", str(jsonnet)], 1, cache)
        warm = seconds([JUBAKO, "validate", str(jsonnet)], 5, cache)
        seconds([JUBAKO, "validate", str(yaml)], 1, cache)
        return [
            Figure("1,000 YAML", "s", seconds([JUBAKO, "validate", str(yaml)], 5, cache), goal="< 1 s"),
            Figure("1,000 Jsonnet, cold", "s", cold, {"jsonnet, all cores": peer}, "≤ jsonnet"),
            Figure("1,000 Jsonnet, warm", "s", warm, {"jsonnet, all cores": peer}, "< 1 s"),
        ]
