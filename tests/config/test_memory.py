"""What few requests need is not in the memory of every web worker, and loads for those that need it."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests import servers

NEEDED_BY_FEW = [
    "cryptography",
    "defusedxml",
    "django.test",
    "fido2",
    "icalendar",
    "ninja",
    "openpyxl",
    "pydantic",
    "pypdf",
    "qrcode",
    "requests",
    "schemathesis",
    "unittest",
    "weasyprint",
]
SITE = """
import json, sys
from config.wsgi import application
from django.urls import reverse

reverse("api:api-root"), reverse("api:openapi-json")
"""
LOADED = f"{SITE}print(json.dumps(sorted(set(sys.modules) & set(sys.argv[1:]))))"
TOGETHER = f"""{SITE}
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.test import Client

begin = Barrier(8)

def ask(number):
    begin.wait(10)
    return Client().get("/api/v1/openapi.json").status_code

with ThreadPoolExecutor(8) as threads:
    print(json.dumps(list(threads.map(ask, range(8)))))
"""


@pytest.fixture
def site(tmp_path):
    """A function that runs a text of Python in a process of its own, and returns what it printed as JSON."""

    def run(text, *arguments):
        own = os.environ | servers.EMBEDDED | {"VAR_DIR": str(tmp_path), "ALLOWED_HOSTS": "testserver"}
        own["DJANGO_SETTINGS_MODULE"] = "config.settings"
        command = [sys.executable, "-W", "ignore", "-c", text, *arguments]
        return json.loads(subprocess.check_output(command, env=own, cwd=settings.BASE_DIR, text=True))

    return run


def test_what_few_requests_need_is_not_loaded_with_the_site(site):
    assert site(LOADED, *NEEDED_BY_FEW) == []


def test_the_check_notices_a_module_that_is_loaded(site):
    assert site(LOADED, "django.urls", "celery", "nothing") == ["celery", "django.urls"]


def test_the_first_requests_for_data_may_come_all_at_once(site):
    assert site(TOGETHER) == [200] * 8
