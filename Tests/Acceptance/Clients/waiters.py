"""boto3's waiters against the engine: waiters.py ENDPOINT. Ends with 0 when all of them come true."""
import sys

import boto3

settings = dict(endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any")
ecs = boto3.client("ecs", **settings)
quickly = {"Delay": 1, "MaxAttempts": 60}

container = dict(name="app", image="jubako-test-web:1", memory=32, portMappings=[dict(containerPort=8080)], stopTimeout=2)
ecs.register_task_definition(family="waiters", containerDefinitions=[container])

ecs.create_service(serviceName="waiters", taskDefinition="waiters", desiredCount=2)
ecs.get_waiter("services_stable").wait(services=["waiters"], WaiterConfig=quickly)
service = ecs.describe_services(services=["waiters"])["services"][0]
assert service["runningCount"] == 2, service

ecs.delete_service(service="waiters", force=True)
ecs.get_waiter("services_inactive").wait(services=["waiters"], WaiterConfig=quickly)

tasks = ecs.run_task(taskDefinition="waiters", count=2)["tasks"]
arns = [task["taskArn"] for task in tasks]
ecs.get_waiter("tasks_running").wait(tasks=arns, WaiterConfig=quickly)
for arn in arns:
    ecs.stop_task(task=arn, reason="enough")
ecs.get_waiter("tasks_stopped").wait(tasks=arns, WaiterConfig=quickly)
for task in ecs.describe_tasks(tasks=arns)["tasks"]:
    assert task["stoppedReason"] == "enough" and task["stopCode"] == "UserInitiated", task
    assert task["containers"][0]["exitCode"] == 0, task

arns = [arn for page in ecs.get_paginator("list_task_definitions").paginate(familyPrefix="waiters") for arn in page["taskDefinitionArns"]]
assert len(arns) == 1, arns
print("all waiters came true")
