"""promgen as a WSGI application, for gunicorn; run as a program it fills its database with so many projects and prints a session.

Environment: what promgen itself reads (SECRET_KEY, DATABASE_URL, PROMGEN_CONFIG_DIR).
"""
import inspect
import os
import sys
import types

# promgen 0.61 imports its own tests, and their files are not part of the package.
sys.modules["promgen.tests"] = types.ModuleType("promgen.tests")
# It asks for a celery that asks for these, which Python 3.11 has no more. Pages use nothing of it.
inspect.formatargspec = lambda *_, **__: "()"
inspect.getargspec = inspect.getfullargspec
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "promgen.settings")


def fill(projects):
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.contrib.auth.models import User
    from django.test import Client
    from promgen import models

    user = User.objects.create_user("bench")
    shard, _ = models.Shard.objects.get_or_create(name="bench", defaults={"url": "http://127.0.0.1:9", "proxy": True, "enabled": True})
    # A service of promgen's is a team's, a project an app.
    services = [models.Service(name=f"team-{number:03}", owner=user) for number in range(max(1, projects // 50))]
    models.Service.objects.bulk_create(services)
    services = list(models.Service.objects.filter(name__startswith="team-").order_by("name"))
    models.Project.objects.bulk_create(
        models.Project(name=f"shop-service-{number:04}", service=services[number // 50], shard=shard, owner=user) for number in range(projects))
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    print(client.cookies["sessionid"].value, models.Project.objects.filter(name__startswith="shop").first().pk)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
else:
    from promgen.wsgi import application  # noqa: F401
