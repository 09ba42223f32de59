"""What the environment must contain in production, and the errors if it does not."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "DATABASE_URL": "postgres://speakers:secret@127.0.0.1:1/speakers",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587",
    "SECRET_KEY": "Zq4-fifty-characters-and-more-that-no-one-could-guess-7Rw",
    "SITE_URL": "https://speakers.example.org",
    "ALLOWED_HOSTS": "speakers.example.org",
}


@pytest.fixture
def manage(tmp_path):
    """A function that runs manage.py with an environment of its own, and returns its output and its exit code."""

    def run(*arguments, **environment):
        own = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DATABASE_URL": ""}
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, env=own | environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr, done.returncode

    return run


def test_production_with_the_six_variables_and_a_contact_passes_every_check_of_a_deployment(manage):
    contact = {"SECURITY_CONTACT": "mailto:security@example.org"}
    words, code = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | contact)

    assert (words, code) == ("System check identified no issues (0 silenced).\n", 0)


@pytest.mark.parametrize("name", ["REDIS_URL", "EMAIL_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS"])
def test_a_missing_variable_is_named_together_with_what_to_write(manage, name):
    words, code = manage("check", **PRODUCTION | {name: ""})

    last = words.strip().splitlines()[-1]
    assert code != 0
    assert f"{name} is missing, and DATABASE_URL asks for production. Write {name}=" in last


def test_in_production_a_second_factor_is_required_and_in_the_embedded_mode_it_is_not(manage):
    ask = ["shell", "--verbosity", "0", "-c", "from django.conf import settings; print(settings.REQUIRE_SECOND_FACTOR)"]

    assert manage(*ask, **PRODUCTION) == ("True\n", 0)
    assert manage(*ask, **PRODUCTION, REQUIRE_SECOND_FACTOR="0") == ("False\n", 0)
    assert manage(*ask) == ("False\n", 0)


def test_a_debug_mode_is_for_the_embedded_mode_alone(manage):
    assert manage("check", DEBUG="1")[1] == 0


def test_with_an_identity_provider_the_site_starts(manage):
    provider = {"OIDC_ISSUER": "https://login.example.org", "OIDC_CLIENT_ID": "speakers", "OIDC_CLIENT_SECRET": "s"}

    assert manage("check", **provider, OIDC_GROUPS="leads=Secretariat lead")[1] == 0


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("DATABASE_URL", "mysql://user@host/name", "does not name a PostgreSQL database"),
        ("REDIS_URL", "amqp://host", "does not name a Redis server"),
        ("EMAIL_URL", "consolemail://", "does not name an SMTP server"),
        ("SITE_URL", "speakers.example.org", "is not an address of the form https://host"),
        ("SITE_URL", "https://speakers.example.org/path", "is not an address of the form https://host"),
        ("ALLOWED_HOSTS", "speakers.example.org,*", "may not be *"),
        ("SECURITY_CONTACT", "security@example.org", "begins neither with mailto: nor with https://"),
        ("SECURITY_CONTACT", "mailto:a@example.org,tel:+12125550100", "begins neither with mailto: nor with https://"),
        ("LOG_FORMAT", "xml", "is no format of the log"),
        ("METRICS_PORT", "65536", "is no port"),
        ("METRICS_PORT", "-1", "is not a whole number"),
        ("SENTRY_DSN", "sentry.example.org", "is not an address of the form https://KEY@HOST/NUMBER"),
        ("CLAMD_URL", "127.0.0.1:3310", "names neither a host and its port nor a socket"),
        ("CLAMD_URL", "tcp://127.0.0.1", "names neither a host and its port nor a socket"),
        ("CLAMD_URL", "tcp://127.0.0.1:port", "names neither a host and its port nor a socket"),
        ("CLAMD_URL", "unix://socket", "names neither a host and its port nor a socket"),
        ("TRUSTED_PROXIES", "one", "is not a whole number"),
        ("PORT", "http", "is not a whole number"),
        ("SECRET_KEY", "too-short", "is too short or too even to be safe"),
        ("SECRET_KEY", "ab" * 40, "is too short or too even to be safe"),
        ("DEBUG", "1", "is on, and DATABASE_URL asks for production"),
        ("OIDC_ISSUER", "http://login.example.org", "is not an address that begins with https://"),
    ],
)
def test_a_wrong_variable_is_named_together_with_what_to_write(manage, name, value, problem):
    words, code = manage("check", **PRODUCTION | {name: value})

    last = words.strip().splitlines()[-1]
    assert code != 0
    assert f"{name} {problem}" in last
    assert f". Write {name}=" in last


def test_plain_http_in_production_causes_a_warning(manage):
    words, code = manage(
        "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"SITE_URL": "http://speakers.example.org"}
    )

    assert code != 0
    assert "project.W001" in words


def test_the_embedded_mode_is_no_deployment(manage):
    words, code = manage("check", "--deploy", "--fail-level", "WARNING")

    assert code != 0
    assert "project.W002" in words


def test_without_any_variable_the_embedded_mode_needs_nothing(manage):
    words, code = manage("check")

    assert (words, code) == ("System check identified no issues (0 silenced).\n", 0)


def test_production_without_a_contact_for_security_is_warned_of(manage):
    words, code = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert code != 0
    assert "1 issue" in words
    assert "project.W004" in words
    assert "Write SECURITY_CONTACT=mailto:" in words


def test_the_mailbox_is_served_in_the_embedded_mode_alone(manage):
    code = "from django.urls import reverse; print(reverse('mailbox:list'))"

    embedded, _ = manage("shell", "--no-imports", "-c", code)
    production, _ = manage("shell", "--no-imports", "-c", code, **PRODUCTION)

    assert embedded == "/mailbox/\n"
    assert production.strip().endswith("'mailbox' is not a registered namespace")


def test_every_variable_that_is_read_is_explained():
    example = (settings.BASE_DIR / ".env.example").read_text()

    optional = ["DEFAULT_FROM_EMAIL", "SECRETARIAT_CONTACT", "SECURITY_CONTACT", "TRUSTED_PROXIES", "PORT", "VAR_DIR"]
    optional += ["CLAMD_URL", "LIVE_STREAMS_PER_NETWORK", "LIVE_NEW_STREAMS_PER_SECOND"]
    for name in [*PRODUCTION, *optional]:
        assert f"#{name}=" in example, name
