"""Reading the environment: each function returns one setting, or raises an error that says what to write."""

import io
import logging
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env, FileAwareEnv

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
# More threads than processors only wait for each other; one for each would stand still while the database works.
WEB_DEFAULTS = [("WEB_THREADS", 2), ("WEB_GRACEFUL_TIMEOUT", 3)]
# A PostgreSQL that vanishes without a word is given up after three seconds, by the kernel, on every connection to it.
# One that answers late is not given up: its kernel still confirms what it received.
GIVEN_UP = {"keepalives": 1, "keepalives_idle": 1, "keepalives_interval": 1, "tcp_user_timeout": 3000}
# Seconds in which a connection must be there. Of several servers, each that has vanished costs as many.
TO_CONNECT, TO_EACH_OF_SEVERAL = 5, 2
WAITS = "-c lock_timeout=3s -c idle_in_transaction_session_timeout=60s"
CONTACT, HOST = r"(mailto:|https://)\S+", r"https://[a-z0-9.-]+(:\d+)?|http://(localhost|127\.0\.0\.1)(:\d+)?"
SHORTEST_KEY, FEWEST_CHARACTERS = 50, 5
EXAMPLES = {
    "DEBUG": "0, or leave it out",
    "SECRET_KEY": f"fifty random characters, for instance {secrets.token_urlsafe(38)}",
    "SECRET_KEY_FALLBACKS": "the keys used before, each as long as the key, separated by commas",
    "SITE_URL": "the address people type, for instance https://speakers.example.org",
    "ALLOWED_HOSTS": "the host names this site answers to, separated by commas, for instance speakers.example.org",
    "DATABASE_URL": "postgres://USER:PASSWORD@HOST:5432/NAME",
    "REDIS_URL": "redis://HOST:6379/0",
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "WEB_CONCURRENCY": "2, how many processes the web server has",
    "WEB_THREADS": "2, how many threads each of them has",
    "WEB_GRACEFUL_TIMEOUT": "3, how many seconds requests have to finish when the web server stops",
    "LOG_LEVEL": "INFO, or DEBUG, WARNING or ERROR",
    "LIVE_PORT": "8001",
    "SITE_LANGUAGES": "ar,zh-hans,en,fr,ru,es, or fewer of them",
    "TRUSTED_PROXIES": "1, the number of proxies in front of this server",
    "LIVE_STREAMS_PER_NETWORK": "4000, how many live streams one network may hold",
    "LIVE_NEW_STREAMS_PER_SECOND": "200, how many live streams one network may open in a second",
    "SECURITY_CONTACT": "mailto:security@example.org, or https://example.org/report, or several separated by commas",
    "OIDC_ISSUER": "https://login.example.org/realms/staff, the address that the provider itself calls its issuer",
    "OIDC_CLIENT_ID": "the name of this site at the identity provider",
    "OIDC_CLIENT_SECRET": "the secret of this site at the identity provider",
    "OIDC_GROUPS": "speakers-leads=Secretariat lead,speakers-officers=List officer",
    "CLAMD_URL": "tcp://127.0.0.1:3310, or unix:///run/clamav/clamd.ctl",
    "FRAMED_BY": "https://www.example.org,https://journal.example.org, whose pages may show a list in a frame",
    "LOG_FORMAT": "line, or json",
    "SENTRY_DSN": "https://KEY@sentry.example.org/1, as Sentry shows it for the project",
    "WEBHOOK_INTERNAL_HOSTS": "events.example.org, or several separated by commas",
    "METRICS_PORT": "9101, a port that no one else has",
    "EMAIL_URL": "smtp+tls://USER:PASSWORD@HOST:587, or smtp://127.0.0.1:25 for a relay on this machine",
}


class Reading:
    """Reads settings one after the other; `end` names all that are missing or wrong at once, with what to write."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def __call__(self, setting: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """What `setting` returns for these arguments; an empty text if it refuses, which `end` will tell.

        Of each variable the first thing that is wrong is told.
        """
        try:
            return setting(*arguments, **more)
        except ImproperlyConfigured as error:
            self.problems.extend([str(error)] if self._is_new(str(error)) else [])
        except OSError as error:
            self.problems.append(f"{error.filename} cannot be read: {error.strerror}.")
        return ""

    def _is_new(self, problem: str) -> bool:
        name = problem.partition(" ")[0]
        return not any(told.partition(" ")[0] == name for told in self.problems)

    def end(self) -> None:
        """Raise `SystemExit` if anything was refused: each door shows its words, and no traceback."""
        if self.problems:
            raise SystemExit("\n".join(dict.fromkeys(self.problems)))


def read_file(path: Path) -> list[str]:
    """Take the variables of the file `path` into the environment, which it yields to. A missing file has none.

    Returns the names of those that the environment has with another value, sorted. Raises `OSError` if it cannot be
    read, so that no process begins without its settings.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    before = dict(os.environ)
    FileAwareEnv.read_env(io.StringIO("\n".join(lines)), overwrite=True)
    differing = {name for name in os.environ if before.get(name, os.environ[name]) != os.environ[name]}
    os.environ.update(before)
    return sorted(differing)


def refuse_two_ways() -> None:
    """Refuse each variable that is given directly and by a file at once. Raises `ImproperlyConfigured`."""
    twice = [name for name in EXAMPLES if os.environ.get(name) and os.environ.get(f"{name}_FILE")]
    if twice:
        names = ", ".join(f"{name} and {name}_FILE" for name in twice)
        raise ImproperlyConfigured(f"{names} are both given. Keep one of them.")


def is_embedded(env: Env) -> bool:
    """Is there no `DATABASE_URL`? Refused if there is a broker or a mail server, which only production uses."""
    if env.str("DATABASE_URL", default="").strip():
        return False
    if found := [name for name in ("REDIS_URL", "EMAIL_URL") if env.str(name, default="").strip()]:
        raise wrong("DATABASE_URL", f"is missing, and {' and '.join(found)} would not be used without it")
    return True


def wrong(name: str, problem: str) -> ImproperlyConfigured:
    """The error for a missing or wrong variable `name`: what is wrong, and what to write instead."""
    return ImproperlyConfigured(f"{name} {problem}. Write {name}={EXAMPLES[name]} (see .env.example).")


def required(env: Env, name: str, *, asked_by: str = "DATABASE_URL") -> str:
    """The text of variable `name`, which `asked_by` needs. Raises `ImproperlyConfigured` if it is missing or empty."""
    value = env.str(name, default="").strip()
    if not value:
        reason = "DATABASE_URL asks for production" if asked_by == "DATABASE_URL" else f"{asked_by} needs it"
        raise wrong(name, f"is missing, and {reason}")
    return value


def debug(env: Env, *, is_embedded: bool) -> bool:
    """`DEBUG`, which shows the inside of the site to everyone: it is refused in production."""
    is_on = bool(env.bool("DEBUG", default=False))
    if is_on and not is_embedded:
        raise wrong("DEBUG", "is on, and DATABASE_URL asks for production, where it would show secrets to everyone")
    return is_on


def secret_key(env: Env) -> str:
    """`SECRET_KEY` of production, fifty characters or more; one that could be guessed signs in anyone."""
    return _safe(required(env, "SECRET_KEY"), "SECRET_KEY")


def former_keys(env: Env) -> list[str]:
    """`SECRET_KEY_FALLBACKS` as a list, the newest first: what was signed with one of them is valid, too."""
    return [_safe(key, "SECRET_KEY_FALLBACKS") for key in several(env, "SECRET_KEY_FALLBACKS", ".+")]


def _safe(key, name):
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        raise wrong(name, "is too short or too even to be safe")
    return key


def number(env: Env, name: str, default: int) -> int:
    """The whole number in variable `name`, or `default` if it is missing or empty."""
    text = env.str(name, default="").strip()
    if text and not text.isdecimal():
        raise wrong(name, "is not a whole number")
    return int(text or default)


def log_level(env: Env) -> str:
    """`LOG_LEVEL`, of those that Python knows."""
    level = env.str("LOG_LEVEL", default="").strip() or "INFO"
    if level not in logging.getLevelNamesMapping():
        raise wrong("LOG_LEVEL", "is none that Python knows")
    return level


def processes(env: Env) -> int:
    """`WEB_CONCURRENCY`: by default one for each processor, and never one alone."""
    return number(env, "WEB_CONCURRENCY", max(2, os.cpu_count() or 1))


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
    """`DATABASE_URL` as a Django database; anything but PostgreSQL is refused.

    Of several servers (`HOST,OTHER`) the one that takes writes is used. With `DATABASE_POOLED`, nothing is asked of
    the server that a pool in transaction mode does not pass on: limits of waiting then stand in the database itself.
    """
    url = required(env, "DATABASE_URL")
    if urlsplit(url).scheme not in {"postgres", "postgresql", "pgsql"}:
        raise wrong("DATABASE_URL", "does not name a PostgreSQL database")
    hosts = urlsplit(url).netloc.rpartition("@")[2].split(",")
    if len({":" in host.rpartition("]")[2] for host in hosts}) > 1:
        raise wrong("DATABASE_URL", "names a port for some of its servers, and not for all")
    is_pooled = pooled(env)
    database = env.db_url_config(url)
    database |= {"ENGINE": "config.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    database["DISABLE_SERVER_SIDE_CURSORS"] = is_pooled
    several = {"connect_timeout": TO_EACH_OF_SEVERAL, "target_session_attrs": "read-write"}
    usual = several if len(hosts) > 1 else {"connect_timeout": TO_CONNECT}
    asked = {} if is_pooled else {"options": WAITS}
    database["OPTIONS"] = GIVEN_UP | usual | asked | database.get("OPTIONS", {})
    return database


def pooled(env: Env) -> bool:
    """`DATABASE_POOLED`: is there a pool in transaction mode between this process and PostgreSQL?"""
    return bool(env.bool("DATABASE_POOLED", default=False))


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


def several(env: Env, name: str, form: str) -> list[str]:
    """What variable `name` holds, separated by commas, each of a `form` (a pattern); empty where it is missing."""
    found = [each.strip() for each in env.str(name, default="").split(",") if each.strip()]
    if not all(re.fullmatch(form, each) for each in found):
        raise wrong(name, "holds what is not of the right form")
    return found


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
