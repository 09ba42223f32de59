"""Asking the parts of a running release, and the addresses that it has."""

import http.client
from contextlib import closing

from django.urls import URLPattern, get_resolver

from tests.deploy.proxies import HOST
from tests.faults.processes import wait_until

OVER_HTTPS = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
TOKEN = "k3Jf9-a-one-time-token-that-no-log-may-hold"


def ask(port, path):
    """The status, the headers and the text of the answer of the part at `port`, as to its proxy; 0 if there is none."""
    with closing(http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)) as connection:
        try:
            connection.request("GET", path, headers=OVER_HTTPS)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")
        except OSError:
            return 0, {}, ""


def wait_for_all(site, port):
    """Wait until /healthz is well, which it is when worker and scheduler were seen. Fails if a part has ended."""

    def is_well():
        dead = {name: each.said() for name, each in site.running.items() if each.process.poll() is not None}
        assert dead == {}
        return ask(port, "/healthz")[0] == 200

    wait_until(is_well, "web server, worker and scheduler to be seen", seconds=120)


def addresses_with_tokens():
    """Every address of the site that is a one-time link, with `TOKEN` in it."""
    values = {"<slug:slug>": "r2p-2016", "<slug:list_slug>": "panel", "<str:token>": TOKEN}
    values["<uuid:public_id>"] = "8a9f3f0e-7c3c-4d5e-9b0a-111111111111"
    for address in sorted(_addresses(get_resolver().url_patterns)):
        if "<str:token>" in address:
            for name, value in values.items():
                address = address.replace(name, value)
            yield f"/{address}"


def _addresses(patterns, before=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)
        else:
            yield from _addresses(pattern.url_patterns, before + str(pattern.pattern))
