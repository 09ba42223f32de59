"""Reading the environment: each function returns one setting, or raises an error that says what to write."""

import errno
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

REDIS_TRANSPORT_OPTIONS = {
    "queue_order_strategy": "priority",
    "priority_steps": [0, 3, 6, 9],
    "visibility_timeout": 900,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "max_retries": 1,
}
SHORTEST_KEY, FEWEST_CHARACTERS = 50, 5
LAST_PORT = 65535
EXAMPLES = {
    "DEBUG": "0, or leave it out",
    "SECRET_KEY": f"fifty random characters, for instance {secrets.token_urlsafe(38)}",
    "SITE_URL": "the address people type, for instance https://speakers.example.org",
    "ALLOWED_HOSTS": "the host names this site answers to, separated by commas, for instance speakers.example.org",
    "DATABASE_URL": "postgres://USER:PASSWORD@HOST:5432/NAME",
    "REDIS_URL": "redis://HOST:6379/0",
    "PORT": "8000",
    "LIVE_PORT": "8001",
    "TRUSTED_PROXIES": "1, the number of proxies in front of this server",
    "LIVE_STREAMS_PER_NETWORK": "4000, how many live streams one network may hold",
    "LIVE_NEW_STREAMS_PER_SECOND": "200, how many live streams one network may open in a second",
    "SECURITY_CONTACT": "mailto:security@example.org, or https://example.org/report, or several separated by commas",
    "OIDC_ISSUER": "https://login.example.org/realms/staff, the address that the provider itself calls its issuer",
    "OIDC_CLIENT_ID": "the name of this site at the identity provider",
    "OIDC_CLIENT_SECRET": "the secret of this site at the identity provider",
    "OIDC_GROUPS": "speakers-leads=Secretariat lead,speakers-officers=List officer",
    "CLAMD_URL": "tcp://127.0.0.1:3310, or unix:///run/clamav/clamd.ctl",
    "LOG_FORMAT": "line, or json",
    "SENTRY_DSN": "https://KEY@sentry.example.org/1, as Sentry shows it for the project",
    "METRICS_PORT": "9101, a port that no one else has",
    "EMAIL_URL": "smtp+tls://USER:PASSWORD@HOST:587, or smtp://127.0.0.1:25 for a relay on this machine",
}


def wrong(name: str, problem: str) -> ImproperlyConfigured:
    """The error for a missing or wrong variable `name`: what is wrong, and what to write instead."""
    return ImproperlyConfigured(f"{name} {problem}. Write {name}={EXAMPLES[name]} (see .env.example).")


def required(env: Env, name: str, *, asked_by: str = "DATABASE_URL") -> str:
    """The text of variable `name`, which `asked_by` needs. Raises `ImproperlyConfigured` if it is missing or empty."""
    value = env.str(name, default="").strip()
    if not value:
        raise wrong(
            name,
            "is missing, and DATABASE_URL asks for production"
            if asked_by == "DATABASE_URL"
            else f"is missing, and {asked_by} needs it",
        )
    return value


def debug(env: Env, *, is_embedded: bool) -> bool:
    """`DEBUG`, which shows the inside of the site to everyone: it is refused in production."""
    is_on = bool(env.bool("DEBUG", default=False))
    if is_on and not is_embedded:
        raise wrong("DEBUG", "is on, and DATABASE_URL asks for production, where it would show secrets to everyone")
    return is_on


def secret_key(env: Env) -> str:
    """`SECRET_KEY` of production, fifty characters or more; one that could be guessed signs in anyone."""
    key = required(env, "SECRET_KEY")
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        raise wrong("SECRET_KEY", "is too short or too even to be safe")
    return key


def number(env: Env, name: str, default: int) -> int:
    """The whole number in variable `name`, or `default` if it is missing or empty."""
    text = env.str(name, default="").strip()
    if text and not text.isdecimal():
        raise wrong(name, "is not a whole number")
    return int(text or default)


def sender(site: str) -> str:
    """The sender of mail if none is configured: an address at the host of `site`."""
    return f"List of speakers <list-of-speakers@{urlsplit(site).hostname}>"


def site_url(env: Env) -> str:
    """`SITE_URL`: where links in mail point. It is never taken from a request."""
    value = required(env, "SITE_URL").rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise wrong("SITE_URL", "is not an address of the form https://host")
    return value


def allowed_hosts(env: Env) -> list[str]:
    """`ALLOWED_HOSTS` as a list; the wildcard is refused."""
    hosts = [host.strip() for host in required(env, "ALLOWED_HOSTS").split(",") if host.strip()]
    if "*" in hosts:
        raise wrong("ALLOWED_HOSTS", "may not be *")
    return hosts


def postgresql(env: Env) -> dict[str, Any]:
    """`DATABASE_URL` as a Django database; anything but PostgreSQL is refused."""
    url = required(env, "DATABASE_URL")
    if urlsplit(url).scheme not in {"postgres", "postgresql", "pgsql"}:
        raise wrong("DATABASE_URL", "does not name a PostgreSQL database")
    database = env.db_url_config(url)
    database["ENGINE"] = "config.postgresql"
    database["CONN_MAX_AGE"] = 60
    database["CONN_HEALTH_CHECKS"] = True
    options = database.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", 5)
    options.setdefault("options", "-c lock_timeout=3s -c idle_in_transaction_session_timeout=60s")
    return database


def sqlite(path: Path) -> dict[str, Any]:
    """The embedded database: SQLite in WAL mode, whose transactions take the write lock at once.

    Tests use a file too: Django's in-memory test database refuses two threads at a time.
    """
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "TEST": {"NAME": str(path.with_name("test-database.sqlite3"))},
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 3, "init_command": pragmas},
    }


def redis_url(env: Env) -> str:
    """`REDIS_URL`: the broker of Celery."""
    url = required(env, "REDIS_URL")
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise wrong("REDIS_URL", "does not name a Redis server")
    return url


def identity_provider(env: Env) -> dict[str, Any]:
    """`OIDC_…`: the identity provider of the organization; its `issuer` is empty if there is none.  R-78"""
    issuer = env.str("OIDC_ISSUER", default="").strip().rstrip("/")
    parts = urlsplit(issuer)
    if issuer and parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1"}:
        raise wrong("OIDC_ISSUER", "is not an address that begins with https://")
    groups = dict(pair.rsplit("=", 1) for pair in env.str("OIDC_GROUPS", default="").split(",") if "=" in pair)
    if issuer and not groups:
        raise wrong("OIDC_GROUPS", "maps no value of the claim to a group of staff")
    name = env.str("OIDC_NAME", default="") or "your organization"
    app = {"provider_id": "organization", "name": name, "settings": {"server_url": issuer, "oauth_pkce_enabled": True}}
    if issuer:
        app["client_id"] = required(env, "OIDC_CLIENT_ID", asked_by="OIDC_ISSUER")
        app["secret"] = required(env, "OIDC_CLIENT_SECRET", asked_by="OIDC_ISSUER")
    return {
        "issuer": issuer,
        "name": name,
        "claim": env.str("OIDC_GROUPS_CLAIM", default="") or "groups",
        "groups": {value.strip(): group.strip() for value, group in groups.items()},
        "apps": [app] if issuer else [],
    }


def email(env: Env) -> dict[str, Any]:
    """`EMAIL_URL` as Django's `EMAIL_*` settings, with our backend, which reports refused recipients."""
    url = required(env, "EMAIL_URL")
    if urlsplit(url).scheme not in {"smtp", "smtps", "smtp+tls", "smtp+ssl"}:
        raise wrong("EMAIL_URL", "does not name an SMTP server")
    return {**env.email_url_config(url), "EMAIL_BACKEND": "outbox.delivery.smtp.EmailBackend"}


def security_contacts(env: Env) -> list[str]:
    """`SECURITY_CONTACT` as a list of addresses, best first; empty where it is missing."""
    contacts = [contact.strip() for contact in env.str("SECURITY_CONTACT", default="").split(",") if contact.strip()]
    if not all(contact.startswith(("mailto:", "https://")) and len(contact.split()) == 1 for contact in contacts):
        raise wrong("SECURITY_CONTACT", "begins neither with mailto: nor with https://")
    return contacts


def scanner(env: Env) -> str:
    """`CLAMD_URL`: where the virus scanner listens; empty where there is none."""
    url = env.str("CLAMD_URL", default="").strip()
    parts = urlsplit(url)
    try:
        is_address = parts.path.startswith("/") if parts.scheme == "unix" else parts.scheme == "tcp" and parts.port
    except ValueError:
        is_address = False
    if url and not (is_address and (parts.scheme == "unix") != bool(parts.hostname)):
        raise wrong("CLAMD_URL", "names neither a host and its port nor a socket")
    return url


def log_format(env: Env) -> str:
    """`LOG_FORMAT`: how a line of the log is written, `line` or `json`."""
    value = env.str("LOG_FORMAT", default="").strip() or "line"
    if value not in {"line", "json"}:
        raise wrong("LOG_FORMAT", "is no format of the log")
    return str(value)


def sentry(env: Env) -> str:
    """`SENTRY_DSN`: where failures are reported; empty if nowhere."""
    dsn = env.str("SENTRY_DSN", default="").strip()
    parts = urlsplit(dsn)
    if dsn and not (parts.scheme in {"http", "https"} and parts.username and parts.hostname and len(parts.path) > 1):
        raise wrong("SENTRY_DSN", "is not an address of the form https://KEY@HOST/NUMBER")
    return dsn


def metrics(env: Env, folder: Path) -> tuple[str, int]:
    """`METRICS_HOST` and `METRICS_PORT`: where Prometheus asks; the port is 0 if it does not.

    With a port, all processes of this machine count into files in `folder`, which the library learns from its variable.
    """
    port = number(env, "METRICS_PORT", 0)
    if port > LAST_PORT:
        raise wrong("METRICS_PORT", "is no port")
    if port:
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return env.str("METRICS_HOST", default="").strip() or "127.0.0.1", port


def make_state_folder(folder: Path) -> None:
    """Make the `folder` of the state if it is missing.

    Raises `ImproperlyConfigured`, saying what to do, unless everything in it can be read and written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"room for a page\n" * 256)
        for path in folder.iterdir():
            if not os.access(path, os.R_OK | os.W_OK, effective_ids=True):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    except OSError as error:
        raise ImproperlyConfigured(
            f"The state cannot be kept in {folder}: {error.filename or folder}: {error.strerror}. "
            "Mend that, or choose another folder: VAR_DIR=another-folder script/server"
        ) from None


def broker_folders(folder: Path) -> dict[str, Any]:
    """Transport options of the embedded broker: messages are files under `folder`, and nothing has to be installed."""
    for name in ("queue", "control", "processed"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }


def kept_secret(path: Path, make: Callable[..., Any]) -> str:
    """The secret kept in the file `path`, made by `make()` on first use; only its owner can read it."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()
