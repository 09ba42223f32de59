"""nginx and Caddy as they are shipped: what they pass on, and what they say while the site is down."""

import pytest

from tests.deploy import proxies
from tests.deploy.asking import TOKEN
from tests.faults.processes import wait_until
from tests.servers import free_port

pytestmark = [pytest.mark.servers, pytest.mark.parametrize("name", ["nginx", "caddy"])]
FACTS = ["X-Forwarded-For", "X-Forwarded-Proto", "Host", "X-Forwarded-Host", "Forwarded"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A certificate and its key."""
    return proxies.certificate(tmp_path_factory.mktemp("certificate"))


def test_nothing_that_a_client_says_of_itself_is_passed_on(name, made, tmp_path):
    lies = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}
    with proxies.listening() as (port, asked), proxies.running(name, tmp_path, made, pages=port, streams=port) as proxy:
        for path in ("/", "/live/r2p-2016/"):
            proxy.client("127.0.0.3").get(path, headers=lies | {"Forwarded": "for=203.0.113.9;host=evil.example"})

    assert [[headers.get_all(fact) for fact in FACTS] for headers in asked] == [
        [["127.0.0.3"], ["https"], [proxies.HOST], None, None]
    ] * 2


def test_while_the_site_is_down_words_say_so_and_no_log_holds_a_link(name, made, tmp_path):
    with proxies.running(name, tmp_path, made, pages=free_port(), streams=free_port()) as proxy:
        proxy.client().get(f"/mission/calendar/{TOKEN}.ics")
        answer = proxy.client().get(f"/meetings/r2p-2016/speakers/sign-in/{TOKEN}/")
        wait_until(lambda: "r2p-2016" in proxy.access.read_text(), "the log", seconds=10)

        assert answer.status_code == 503
        assert "NOT recorded" in answer.text
        assert answer.headers["Retry-After"] == "10"
        assert TOKEN[:5] not in proxy.logged()
