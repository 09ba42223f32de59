"""The variables of the environment that say how the site is watched."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from environ import Env

from config.environment import number, wrong

LAST_PORT = 65535


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
