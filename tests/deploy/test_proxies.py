"""nginx and Caddy as they are shipped: what they pass on, and what they say while the site is down."""

import time
from contextlib import ExitStack

import pytest

from acts import request_number
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


def test_each_request_gets_a_number_that_no_client_gives_and_the_log_has_it(name, made, tmp_path):
    with proxies.listening() as (port, asked), proxies.running(name, tmp_path, made, pages=port, streams=port) as proxy:
        for path in ("/", "/live/r2p-2016/"):
            proxy.client().get(path, headers={"X-Request-ID": "0123456789abcdef"})
        numbers = [headers.get_all("X-Request-ID") for headers in asked]
        wait_until(lambda: "/live/r2p-2016/" in proxy.access.read_text(), "the log", seconds=10)

        assert [len(each) for each in numbers] == [1, 1]
        assert [request_number.judged(each[0]) for each in numbers] == [each[0] for each in numbers]
        assert numbers[0] != numbers[1]
        assert [each[0] in proxy.access.read_text() for each in numbers] == [True, True]
        assert "0123456789abcdef" not in proxy.logged()


def test_an_upgrade_moves_from_one_port_to_the_other_and_back_without_a_gap(name, made, tmp_path):
    first, taken = free_port(), []
    with proxies.running(name, tmp_path, made, pages=first, streams=free_port()) as proxy, ExitStack() as last:
        client = proxy.client()
        old = last.enter_context(ExitStack())
        old.enter_context(proxies.listening(first))
        for port in (proxy.other, first, proxy.other):
            new = last.enter_context(ExitStack())
            new.enter_context(proxies.listening(port))
            pause = 0 if name == "nginx" else 1.5  # until Caddy has asked both for their health
            time.sleep(pause)
            old.close()
            page = client.get("/").status_code
            time.sleep(pause)
            taken.append([page, client.post("/", data={"a": "b"}).status_code])
            old = new

    assert taken == [[200, 200]] * 3


def test_a_form_that_a_server_has_read_is_not_sent_to_the_other_one(name, made, tmp_path):
    with (
        proxies.listening(answers_forms=False) as (port, asked),
        proxies.running(name, tmp_path, made, pages=port, streams=port) as proxy,
        proxies.listening(proxy.other) as (_port, repeated),
    ):
        answer = proxy.client().post("/", data={"a": "b"})

    assert (len(asked), len(repeated)) == (1, 0)
    assert (answer.status_code, "NOT recorded" in answer.text) == (503, True)


def test_while_no_web_server_runs_the_page_of_maintenance_says_whom_to_call(name, made, tmp_path):
    page = "<!doctype html><p>NOT recorded · pas enregistré · 未登记"
    with proxies.running(name, tmp_path, made, pages=free_port(), streams=free_port()) as proxy:
        (proxy.state / "static").mkdir(parents=True)
        (proxy.state / "maintenance.html").write_text(page)
        client = proxy.client()
        answers = [client.get("/meetings/r2p-2016/"), client.post("/secretariat/login/", data={"a": "b"})]
        (proxy.state / "maintenance.html").unlink()
        afterwards = client.get("/")

    assert [(answer.status_code, answer.text) for answer in answers] == [(503, page)] * 2
    assert {answer.headers["Content-Type"] for answer in answers} == {"text/html; charset=utf-8"}
    assert {answer.headers["Retry-After"] for answer in answers} == {"60"}
    assert (afterwards.status_code, afterwards.headers["Retry-After"]) == (503, "10")


@pytest.mark.parametrize("is_running", [True, False])
def test_a_page_of_the_version_before_has_its_files_still(name, made, tmp_path, is_running):
    with ExitStack() as servers:
        proxy = servers.enter_context(proxies.running(name, tmp_path, made, pages=free_port(), streams=free_port()))
        (proxy.state / "static/css").mkdir(parents=True)
        (proxy.state / "static/css/site.1a2b.css").write_text("p { }")
        if is_running:
            servers.enter_context(proxies.listening(proxy.other))
        found, missing = (proxy.client().get(f"/static/css/{each}.css") for each in ("site.1a2b", "other"))

    assert (found.status_code, found.text) == (200, "p { }")
    assert found.headers["Content-Type"].startswith("text/css")
    assert missing.status_code in ({404} if is_running else {404, 503})


def test_while_the_site_is_down_words_say_so_and_no_log_holds_a_link(name, made, tmp_path):
    with proxies.running(name, tmp_path, made, pages=free_port(), streams=free_port()) as proxy:
        proxy.client().get(f"/mission/calendar/{TOKEN}.ics")
        answer = proxy.client().get(f"/meetings/r2p-2016/speakers/sign-in/{TOKEN}/")
        wait_until(lambda: "r2p-2016" in proxy.access.read_text(), "the log", seconds=10)

        assert answer.status_code == 503
        assert "NOT recorded" in answer.text
        assert answer.headers["Retry-After"] == "10"
        assert TOKEN[:5] not in proxy.logged()
