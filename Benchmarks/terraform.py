"""Checking the tags of a plan of 10,000 resources (18 MB), beside terraform-compliance and checkov on the same plan; planning 20 projects,
beside terraform itself, one after another; finding what a change touches among 500 projects."""
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from harness import CACHE, JUBAKO, ROOT, Figure, Unavailable, run

RESOURCES, PROJECT = 10_000, "kirare"
TYPES = ["aws_sqs_queue", "aws_s3_bucket", "aws_iam_role", "aws_instance", "aws_security_group", "aws_db_instance"]
NAME = "registry.terraform.io/hashicorp/aws"

FEATURE = f"""Feature: tags
  Scenario: every resource carries its project
    Given I have resource that supports tags defined
    Then it must contain tags
    Then it must contain Project
    And its value must match the "^{PROJECT}$" regex
"""
CHECK = f"""metadata:
  id: CKV2_CUSTOM_1
  name: every resource carries its project
  category: CONVENTION
definition:
  or:
    - {{cond_type: attribute, resource_types: taggable, attribute: tags.Project, operator: equals, value: {PROJECT}}}
    - {{cond_type: attribute, resource_types: taggable, attribute: tags_all.Project, operator: equals, value: {PROJECT}}}
"""


def plan(resources=RESOURCES):
    """A plan as terraform show -json writes it; three in a hundred resources have no tag."""
    chance = random.Random(4711)
    values, changes, configuration = [], [], []
    for number in range(resources):
        type, name = TYPES[number % len(TYPES)], f"resource_{number}"
        tags = {"Owner": "kitchen"} if chance.random() < 0.03 else {"Project": PROJECT, "Owner": "kitchen"}
        after = {
            "name": f"{name}-of-{PROJECT}", "description": "what this resource is for " * 4, "tags": tags, "tags_all": tags,
            "timeouts": None, "policy": json.dumps({"Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}),
        }  # fmt: skip
        head = {"address": f"{type}.{name}", "mode": "managed", "type": type, "name": name, "provider_name": NAME}
        unknown = {"arn": True, "id": True, "url": True, "tags": {}, "tags_all": {}}
        values.append(head | {"schema_version": 0, "values": after, "sensitive_values": {"tags": {}, "tags_all": {}}})
        changes.append(head | {"change": {
            "actions": ["create"], "before": None, "after": after, "after_unknown": unknown, "before_sensitive": False,
            "after_sensitive": {"tags": {}, "tags_all": {}},
        }})  # fmt: skip
        configuration.append({
            "address": f"{type}.{name}", "mode": "managed", "type": type, "name": name, "provider_config_key": "aws", "schema_version": 0,
            "expressions": {key: {"constant_value": after[key]} for key in ("name", "description", "tags")},
        })  # fmt: skip
    return {
        "format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {"resources": values}}, "resource_changes": changes,
        "configuration": {"provider_config": {"aws": {"name": "aws", "full_name": NAME}}, "root_module": {"resources": configuration}},
        "timestamp": "2026-01-01T00:00:00Z", "applyable": True, "complete": True, "errored": False,
    }  # fmt: skip


def peers():
    """The folder of the peers' programs, in an environment of their own: their needs clash with the other peers'."""
    home, wanted = CACHE / "tools/bench-terraform", (ROOT / "script/requirements-bench-terraform.txt").read_text()
    done = home / "installed.txt"
    if not done.exists() or done.read_text() != wanted:
        try:
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True, capture_output=True)
            subprocess.run(
                [home / "bin/pip", "install", "--quiet", "-r", ROOT / "script/requirements-bench-terraform.txt"], check=True, capture_output=True
            )
        except subprocess.CalledProcessError as error:
            raise Unavailable(f"terraform-compliance and checkov could not be installed: {error.stderr.decode()[-200:]}") from None
        done.write_text(wanted)
    return home / "bin"


def git(folder, *arguments):
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments], cwd=folder, check=True, capture_output=True)


def planning():
    """20 projects with a few resources that need no provider: all at once, and as a script would do it."""
    terraform = shutil.which("terraform")
    if not terraform:
        raise Unavailable("terraform is not installed")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for number in range(20):
            project = folder / f"terraform/project-{number:02}"
            project.mkdir(parents=True)
            project.joinpath("main.tf").write_text("".join(f'resource "terraform_data" "r{index}" {{ input = {index} }}\n' for index in range(20)))
        git(folder, "init", "-q")
        steps = f"{terraform} init -input=false && {terraform} plan -input=false -out=p && {terraform} show -json p && {terraform} state pull"
        script = f"for project in terraform/*; do (cd $project && {steps}) || exit 1; done"
        environment = {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
        ours, alone, theirs = [], [], []
        for _ in range(3):
            for taken, more in ((ours, []), (alone, ["--parallel", "1"])):
                shutil.rmtree(folder / "plans", ignore_errors=True)
                taken.append(run([str(JUBAKO), "terraform", "plan", "--all", *more], env=environment, accept=(2,), cwd=folder).seconds)
            for left in folder.glob("terraform/*/.terraform"):
                shutil.rmtree(left)
            theirs.append(run(["/bin/sh", "-c", script], env=environment, cwd=folder).seconds)
        return Figure("plan of 20 projects, checked, sealed and kept", "s", min(ours), {"one by one": min(alone), "terraform itself, one by one": min(theirs)}, "<= 0.6 of one by one")


def selecting():
    """500 projects of four files each; a module that all of them call has changed."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "terraform/modules/queue").mkdir(parents=True)
        (folder / "terraform/modules/queue/main.tf").write_text('resource "aws_sqs_queue" "q" {}\n')
        for number in range(500):
            project = folder / f"terraform/project-{number:03}"
            project.mkdir()
            (project / "backend.tf").write_text(f'terraform {{\n  backend "s3" {{ key = "{number}" }}\n}}\n')
            (project / "main.tf").write_text('module "queue" { source = "../modules/queue" }\n')
            (project / "locals.tf").write_text('locals { text = file("${path.module}/words.txt") }\n')
            (project / "words.txt").write_text("words\n")
        git(folder, "init", "-q", "-b", "main")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "a")
        (folder / "terraform/modules/queue/main.tf").write_text('resource "aws_sqs_queue" "other" {}\n')
        runs = [run([str(JUBAKO), "terraform", "projects", "--changed-since", "main"], cwd=folder).seconds for _ in range(5)]
        return Figure("which of 500 projects (2,000 files) a change touches", "s", min(runs), {}, "< 1 s")


def measure():
    return checking() + [selecting(), planning()]


def checking():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        file = folder / "plan.json"
        file.write_text(json.dumps(plan(), separators=(",", ":")))
        (folder / "features").mkdir()
        (folder / "features/tags.feature").write_text(FEATURE)
        (folder / "checks").mkdir()
        (folder / "checks/tags.yaml").write_text(CHECK)
        commands = {"jubako": lambda: [JUBAKO, "terraform", "check", str(file), "--project", PROJECT]}
        try:
            programs = peers()
            commands["terraform-compliance"] = lambda: [programs / "terraform-compliance", "-f", str(folder / "features"), "-p", str(file)]
            commands["checkov"] = lambda: [
                programs / "checkov", "-f", str(file), "--framework", "terraform_plan", "--external-checks-dir", str(folder / "checks"), "--check",
                "CKV2_CUSTOM_1", "--compact", "--quiet", "--skip-download",
            ]  # fmt: skip
            missing = None
        except Unavailable as reason:
            missing = str(reason)
        taken = {}
        for name, command in commands.items():
            # the peers take minutes: once is enough for them; every one of them finds the untagged resources and says so
            runs = [run([str(word) for word in command()], accept=(0, 1, 5)) for _ in range(5 if name == "jubako" else 1)]
            taken[name] = min(runs, key=lambda one: one.cpu)
        ours = taken["jubako"]

        def beside(field):
            return {name: getattr(taken[name], field) if name in taken else missing for name in ("terraform-compliance", "checkov")}

        size = file.stat().st_size / 1e6
        return [
            Figure(f"check of a plan of {RESOURCES:,} resources ({size:.0f} MB), CPU", "s", ours.cpu, beside("cpu"), "< 0.6 s"),
            Figure("the same, wall", "s", ours.seconds, beside("seconds")),
            Figure("the same, memory", "MB", ours.megabytes, beside("megabytes"), "< 110 MB"),
        ]
