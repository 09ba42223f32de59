"""Events go to public addresses by https, and into a network only where the settings name the host."""

import socket

import pytest

from webhooks import addresses


@pytest.fixture
def nothing_is_allowed(settings):
    """As the settings are shipped."""
    settings.WEBHOOK_PLAIN_HTTP, settings.WEBHOOK_INTERNAL_HOSTS = False, []


@pytest.fixture
def names(monkeypatch):
    """A dict of names, with the addresses that each has; no other name is found."""
    known = {}

    def look_up(host, port, **_kind):
        if host not in known:
            raise socket.gaierror(-2, "not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize(
    "url",
    [
        "http://events.example.org/",
        "ftp://events.example.org/",
        "https://",
        "https:///path",
        "events.example.org",
        "https://name:word@events.example.org/",
        "https://events.example.org/#part",
        "https://events.example.org:0/",
        "https://events.example.org:port/",
        "https://[::1/",
        "https://événements.example.org/",
        "https://events.example.org/a b",
        "https://events.example.org/\r\nhost: other",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://224.0.0.1/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
    ],
)
def test_an_address_that_no_event_may_go_to_is_refused_when_it_is_typed(nothing_is_allowed, url):
    assert addresses.objection(url)
    with pytest.raises(addresses.ValidationError):
        addresses.validate_url(url)
    with pytest.raises(addresses.Forbidden):
        addresses.resolve(url)


@pytest.mark.parametrize("address", ["10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.0.1", "::1", "fe80::1"])
def test_a_name_that_leads_inside_is_refused_even_if_it_has_a_public_address_too(nothing_is_allowed, names, address):
    names["events.example.org"] = ["93.184.216.34", address]

    with pytest.raises(addresses.Forbidden, match="leads to an address inside"):
        addresses.resolve("https://events.example.org/")


def test_a_public_name_is_resolved_once_to_the_address_that_was_checked(nothing_is_allowed, names):
    names["events.example.org"] = ["93.184.216.34"]

    found = addresses.resolve("https://events.example.org:8443/hook?key=1")

    assert (found.address, found.port, found.path) == ("93.184.216.34", 8443, "/hook?key=1")
    assert (found.host, found.netloc, found.is_encrypted) == ("events.example.org", "events.example.org:8443", True)
    assert addresses.resolve("https://events.example.org").path == "/"


def test_a_host_inside_is_told_if_the_settings_name_it(nothing_is_allowed, names, settings):
    names["hall.example.org"] = ["10.1.2.3"]
    settings.WEBHOOK_INTERNAL_HOSTS = ["hall.example.org"]

    assert addresses.resolve("https://hall.example.org/").address == "10.1.2.3"


def test_without_encryption_events_go_to_this_machine_alone(names, settings):
    settings.WEBHOOK_INTERNAL_HOSTS = ["hall.example.org"]
    names["hall.example.org"] = ["10.1.2.3"]

    with pytest.raises(addresses.Forbidden, match="to this machine alone"):
        addresses.resolve("http://hall.example.org/")
