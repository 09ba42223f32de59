"""Asks whether one part of the site is well; ends with 0 if so and with 1 if not. For containers, with Python alone.

python deploy/probe.py web | live          does the part of this container answer (`/livez`)?
python deploy/probe.py worker | beat       was it seen by the site at PROBE_SITE (by default on this machine)?

A worker or scheduler of which nothing can be learnt, as the database or the web server is down, is left alone.
"""

import http.client
import json
import os
import sys
from urllib.parse import urlsplit

SERVERS = {
    part: f"http://127.0.0.1:{os.environ.get(name, port)}"
    for part, name, port in [("web", "PORT", 8000), ("live", "LIVE_PORT", 8001)]
}
SITE = os.environ.get("PROBE_SITE", SERVERS["web"])
HOST = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
# How many seconds ago a part may have been seen.
LATEST = 300


def is_well(part: str) -> bool:
    """Is the `part` well? Raises `OSError` or `HTTPException` if it does not answer."""
    if part in SERVERS:
        return ask(SERVERS[part], "/livez")[0] == 200
    try:
        seen = json.loads(ask(SITE, "/healthz")[1]).get(f"{part}_seen_seconds_ago", 0)
    except (OSError, ValueError, http.client.HTTPException):
        return True
    return seen is not None and seen <= LATEST


def ask(address: str, path: str) -> tuple[int, bytes]:
    """The status and the body of the answer of the server at `address`."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
    connection.request("GET", path, headers={"Host": HOST})
    answer = connection.getresponse()
    return answer.status, answer.read()


if __name__ == "__main__":
    try:
        sys.exit(0 if is_well(sys.argv[1]) else 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        sys.exit(f"{sys.argv[1]} does not answer: {error}")
