"""What the environment must contain in production, and the errors if it does not."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config import checks, environment

PRODUCTION = {
    "DATABASE_URL": "postgres://speakers:secret@127.0.0.1:1/speakers",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587",
    "SECRET_KEY": "Zq4-fifty-characters-and-more-that-no-one-could-guess-7Rw",
    "SITE_URL": "https://speakers.example.org",
    "ALLOWED_HOSTS": "speakers.example.org",
}
FORMER = [PRODUCTION["SECRET_KEY"] + "-of-may", PRODUCTION["SECRET_KEY"] + "-of-june"]


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


def test_all_that_is_missing_or_wrong_is_named_at_once(manage):
    found = {"DATABASE_URL": "postgres://speakers@127.0.0.1:1/speakers", "EMAIL_URL": "consolemail://", "PORT": "http"}

    words, code = manage("check", **found)

    assert code == 1
    assert [line.partition(" ")[0] for line in words.splitlines()] == [
        "PORT",
        "SECRET_KEY",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "EMAIL_URL",
        "REDIS_URL",
    ]
    assert all(". Write " in line for line in words.splitlines())


def test_the_languages_that_a_site_offers_are_of_the_six_in_their_order_with_english(manage):
    code = "from django.conf import settings; print(settings.SITE_LANGUAGES)"

    assert manage("shell", "--no-imports", "-c", code, SITE_LANGUAGES="fr,en,ar")[0] == "['ar', 'en', 'fr']\n"
    assert "SITE_LANGUAGES names de, which is none of ar, zh-hans, en" in manage("check", SITE_LANGUAGES="en,de")[0]
    assert "SITE_LANGUAGES lacks en" in manage("check", SITE_LANGUAGES="fr,ar")[0]


def test_a_language_without_its_catalogue_is_told(settings, tmp_path):
    settings.LOCALE_PATHS, settings.SITE_LANGUAGES = [tmp_path], ["en", "fr"]
    [warning] = checks.offered_languages_can_be_read()

    settings.SITE_LANGUAGES = ["en"]

    assert warning.msg == "SITE_LANGUAGES offers fr, and there is no compiled catalogue."
    assert checks.offered_languages_can_be_read() == []


DOORS = {
    "gunicorn": ["gunicorn", "--config", "config/gunicorn.py", "config.wsgi"],
    "uvicorn": ["uvicorn", "config.asgi:application", "--port", "1"],
    "celery worker": ["celery", "--quiet", "--app", "config", "worker"],
    "celery beat": ["celery", "--quiet", "--app", "config", "beat"],
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_every_part_names_them_without_a_traceback(door, tmp_path):
    own = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)} | PRODUCTION | {"REDIS_URL": "", "SITE_URL": ""}
    command = [sys.executable, "-m", *door]

    done = subprocess.run(
        command, env=own, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode != 0
    assert [line.partition(" ")[0] for line in done.stderr.splitlines()] == ["SITE_URL", "REDIS_URL"]


def test_a_broker_or_a_mail_server_without_a_database_does_not_begin_an_empty_site(manage):
    words, code = manage("check", REDIS_URL=PRODUCTION["REDIS_URL"], EMAIL_URL=PRODUCTION["EMAIL_URL"])

    assert code == 1
    assert words.startswith("DATABASE_URL is missing, and REDIS_URL and EMAIL_URL would not be used without it. Write ")


def test_a_secret_in_a_file_is_read_and_one_that_cannot_be_read_is_named(manage, tmp_path):
    secret, former = tmp_path / "key", tmp_path / "former"
    secret.write_text(PRODUCTION["SECRET_KEY"] + "\n")
    former.write_text(f"{FORMER[0]}, {FORMER[1]}\n")
    files = PRODUCTION | {"SECRET_KEY": "", "SECRET_KEY_FILE": str(secret), "SECRET_KEY_FALLBACKS_FILE": str(former)}
    ask = ["shell", "--no-imports", "-c"]
    code = "from django.conf import settings as s; print(s.SECRET_KEY, s.SECRET_KEY_FALLBACKS)"

    assert manage(*ask, code, **files)[0] == f"{PRODUCTION['SECRET_KEY']} {FORMER}\n"
    assert manage("check", **files | {"SECRET_KEY_FILE": "/nowhere"}) == (
        "/nowhere cannot be read: No such file or directory.\n",
        1,
    )


def test_a_variable_that_is_given_twice_is_refused(manage, tmp_path):
    words, code = manage("check", **PRODUCTION, SECRET_KEY_FILE=str(tmp_path / "key"))

    assert code == 1
    assert "SECRET_KEY and SECRET_KEY_FILE are both given. Keep one of them." in words


@pytest.fixture
def settings_file(tmp_path):
    """A file of settings, and a process whose own environment has none of them."""
    before = dict(os.environ)
    for name in PRODUCTION:
        os.environ.pop(name, None)
    path = tmp_path / ".env"
    path.write_text("# Settings\nREDIS_URL=redis://127.0.0.1:1/0\nSITE_URL='https://speakers.example.org'\n")
    path.chmod(0o600)
    yield path
    os.environ.clear()
    os.environ.update(before)


def test_the_file_of_settings_yields_to_the_environment_which_is_said(settings_file, settings):
    os.environ["SITE_URL"] = "https://other.example.org"
    os.environ["ALLOWED_HOSTS"] = "other.example.org"

    settings.OVERRIDDEN = environment.read_file(settings_file)
    settings.SETTINGS_FILE = settings_file

    (said,) = checks.the_settings_come_from_one_place()
    assert os.environ["REDIS_URL"] == "redis://127.0.0.1:1/0"
    assert os.environ["SITE_URL"] == "https://other.example.org"
    assert said.msg == f"The environment of this process is used, not {settings_file}, for: SITE_URL."


def test_the_parts_of_a_process_which_inherit_the_settings_override_nothing(settings_file):
    assert [environment.read_file(settings_file) for _part in range(2)] == [[], []]


def test_without_a_file_of_settings_there_is_nothing_to_say(tmp_path, settings):
    settings.SETTINGS_FILE = tmp_path / ".env"

    assert environment.read_file(settings.SETTINGS_FILE) == []
    assert checks.the_settings_are_for_their_owner_alone() == []


def test_a_file_of_settings_that_cannot_be_read_is_named(tmp_path):
    read = environment.Reading()

    assert read(environment.read_file, tmp_path) == ""
    with pytest.raises(SystemExit, match=rf"{tmp_path} cannot be read: Is a directory\."):
        read.end()


@pytest.mark.parametrize(("mode", "warnings"), [(0o600, []), (0o640, ["project.W005"]), (0o604, ["project.W005"])])
def test_a_file_of_settings_that_others_can_read_causes_a_warning(settings_file, settings, mode, warnings):
    settings.SETTINGS_FILE = settings_file
    settings_file.chmod(mode)

    assert [each.id for each in checks.the_settings_are_for_their_owner_alone()] == warnings


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
        ("DATABASE_URL", "postgres://a:5432,b/name", "names a port for some of its servers, and not for all"),
        ("REDIS_URL", "amqp://host", "does not name a Redis server"),
        ("EMAIL_URL", "consolemail://", "does not name an SMTP server"),
        ("SITE_URL", "speakers.example.org", "is not an address of the form https://host"),
        ("SITE_URL", "https://speakers.example.org/path", "is not an address of the form https://host"),
        ("ALLOWED_HOSTS", "speakers.example.org,*", "may not be *"),
        ("SECURITY_CONTACT", "security@example.org", "holds what is not of the right form"),
        ("SECURITY_CONTACT", "mailto:a@example.org,tel:+12125550100", "holds what is not of the right form"),
        ("FRAMED_BY", "*", "holds what is not of the right form"),
        ("FRAMED_BY", "https://*.example.org", "holds what is not of the right form"),
        ("FRAMED_BY", "http://www.example.org", "holds what is not of the right form"),
        ("FRAMED_BY", "https://www.example.org; script-src *", "holds what is not of the right form"),
        ("LOG_FORMAT", "xml", "is no format of the log"),
        ("METRICS_PORT", "65536", "is no port"),
        ("METRICS_PORT", "-1", "is not a whole number"),
        ("SENTRY_DSN", "sentry.example.org", "is not an address of the form https://KEY@HOST/NUMBER"),
        ("CLAMD_URL", "127.0.0.1:3310", "names neither a host and its port nor a socket"),
        ("CLAMD_URL", "tcp://127.0.0.1", "names neither a host and its port nor a socket"),
        ("CLAMD_URL", "tcp://127.0.0.1:port", "names neither a host and its port nor a socket"),
        ("CLAMD_URL", "unix://socket", "names neither a host and its port nor a socket"),
        ("LOG_LEVEL", "LOUD", "is none that Python knows"),
        ("WEB_THREADS", "many", "is not a whole number"),
        ("TRUSTED_PROXIES", "one", "is not a whole number"),
        ("PORT", "http", "is not a whole number"),
        ("SECRET_KEY", "too-short", "is too short or too even to be safe"),
        ("SECRET_KEY", "ab" * 40, "is too short or too even to be safe"),
        ("SECRET_KEY_FALLBACKS", f"{PRODUCTION['SECRET_KEY']}, too-short", "is too short or too even to be safe"),
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
    optional += ["CLAMD_URL", "DATABASE_POOLED", "LIVE_STREAMS_PER_NETWORK", "LIVE_NEW_STREAMS_PER_SECOND"]
    for name in [*PRODUCTION, *optional]:
        assert f"#{name}=" in example, name
