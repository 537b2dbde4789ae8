"""A service of the bench's containers: on the engine, on ministack (both through the ECS API), and on Docker Swarm."""
import contextlib

import docker
from containers import COMMAND, NAME
from docker import types
from harness import Unavailable, until
from servers import client

CLUSTER = SERVICE = "bench"


class ECSService:
    """A service with rolling deploys at 100/200 %."""

    def __init__(self, url, desired, balanced=False):
        self.ecs, self.desired = client("ecs", url), desired
        self.ecs.create_cluster(clusterName=CLUSTER)
        self.revisions = {version: self.register(version, balanced) for version in ("1", "2")}
        extra = {}
        if balanced:
            extra["loadBalancers"] = [{"targetGroupArn": self.load_balancer(url), "containerName": "app", "containerPort": 8080}]
        self.ecs.create_service(
            cluster=CLUSTER, serviceName=SERVICE, taskDefinition=self.revisions["1"], desiredCount=desired,
            deploymentConfiguration={"minimumHealthyPercent": 100, "maximumPercent": 200}, **extra)  # fmt: skip
        self.wait("1", 180)

    def register(self, version, balanced):
        app = {"name": "app", "image": f"{NAME}:{version}", "memory": 16, "cpu": 1, "command": COMMAND}
        if balanced:
            app["portMappings"] = [{"containerPort": 8080, "hostPort": 0}]
        return self.ecs.register_task_definition(family=SERVICE, containerDefinitions=[app])["taskDefinition"]["taskDefinitionArn"]

    def load_balancer(self, url):
        elb = client("elbv2", url)
        balancer = elb.create_load_balancer(Name=SERVICE, Subnets=["subnet-0a", "subnet-0b"])["LoadBalancers"][0]["LoadBalancerArn"]
        group = elb.create_target_group(Name=SERVICE, Protocol="HTTP", Port=80, VpcId="vpc-0a", HealthCheckPath="/")["TargetGroups"][0]["TargetGroupArn"]
        elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])
        return group

    def stable(self, version):
        """What the waiter services_stable asks for, and that it is this version which is up."""
        service = self.ecs.describe_services(cluster=CLUSTER, services=[SERVICE])["services"][0]
        only = service["deployments"][0]
        return len(service["deployments"]) == 1 and only["taskDefinition"] == self.revisions[version] and service["runningCount"] == self.desired

    def wait(self, version, seconds):
        return until(lambda: self.stable(version), seconds, what=f"a stable service of version {version}")

    def roll(self, version):
        """Deploys a version; returns the seconds until the service is stable."""
        self.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=self.revisions[version])
        return self.wait(version, 180)

    def delete(self):
        self.ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=0)
        self.ecs.delete_service(cluster=CLUSTER, service=SERVICE, force=True)


class SwarmService:
    """The same as a service of Docker Swarm: all at once, new ones first."""

    def __init__(self, containers, desired):
        self.containers, self.desired = containers, desired
        self.update = types.UpdateConfig(parallelism=desired, order="start-first", monitor=1_000_000)
        mode = types.ServiceMode("replicated", desired)
        self.service = containers.client.services.create(f"{NAME}:1", name="jubako-bench-swarm", mode=mode, update_config=self.update)
        self.wait("1")

    def wait(self, version):
        return until(lambda: self.containers.only(version, self.desired), 180, what=f"a swarm service of version {version}")

    def roll(self, version):
        self.service.reload()
        self.service.update(image=f"{NAME}:{version}", update_config=self.update, fetch_current_spec=True)
        return self.wait(version)


@contextlib.contextmanager
def swarm(containers):
    """Makes this machine a swarm of one, and undoes that; one that was there before is left alone."""
    if containers.client.info()["Swarm"]["LocalNodeState"] != "inactive":
        raise Unavailable("this machine is in a swarm already")
    containers.client.swarm.init(advertise_addr="127.0.0.1", listen_addr="127.0.0.1")
    try:
        yield
    finally:
        for service in containers.client.services.list():
            service.remove()
        containers.client.swarm.leave(force=True)
        for network in containers.client.networks.list(names=["docker_gwbridge"]):
            with contextlib.suppress(docker.errors.APIError):
                network.remove()
