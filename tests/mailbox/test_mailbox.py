"""The local mail sink: complete files, pages that escape what they show, and none of it in production."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from mailbox import files, messages
from mailbox.checks import mailbox_is_absent_in_production

pytestmark = pytest.mark.embedded
STAYS = "Mail stays on this machine"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    settings.SITE_URL = "http://localhost:8000"
    return settings.MAILBOX_DIR


def write(subject="Your inscription", body="It was recorded.\n", **fields):
    """Send one mail into the mailbox and return the name of its file."""
    given = {"to": ["contact@mission.example"], "connection": get_connection("mailbox.backend.EmailBackend")} | fields
    EmailMessage(subject, body, **given).send()
    return files.names(1)[0]


def test_each_mail_becomes_one_whole_file(folder):
    name = write(body="Première ligne\n中文\n", cc=["copy@mission.example"])

    mail = messages.read(name)

    assert [path.name for path in folder.iterdir()] == [name]
    assert (mail.to, mail.cc) == ("contact@mission.example", "copy@mission.example")
    assert (mail.subject, mail.text) == ("Your inscription", "Première ligne\n中文\n")


def test_the_list_shows_the_newest_first_and_says_where_the_mail_stays(client):
    write("Monday")
    write("Tuesday")

    page = client.get(reverse("mailbox:list")).content.decode()

    assert page.index("Tuesday") < page.index("Monday")
    assert STAYS in page


def test_an_empty_mailbox_says_so(client):
    page = client.get("/mailbox/").content.decode()

    assert "No mail has been written yet." in page
    assert STAYS in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_nothing(client, db, django_assert_num_queries, number):
    for _ in range(number):
        write()

    with django_assert_num_queries(0):
        client.get("/mailbox/")


def test_a_mail_is_shown_with_its_headers_and_its_text(client):
    name = write(cc=["copy@mission.example"], headers={"Message-ID": "<one@localhost>"})

    page = client.get(reverse("mailbox:message", args=[name])).content.decode()

    for words in [
        "Your inscription",
        "contact@mission.example",
        "copy@mission.example",
        "&lt;one@localhost&gt;",
        STAYS,
    ]:
        assert words in page


def test_what_a_stranger_wrote_never_becomes_markup(client):
    name = write("<script>alert(1)</script>", body="<img src=x onerror=alert(2)> & done")

    pages = [client.get(address).content.decode() for address in ("/mailbox/", f"/mailbox/{name}/")]

    assert all("<script>alert" not in page for page in pages)
    assert "&lt;img src=x onerror=alert(2)&gt; &amp; done" in pages[1]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Open http://localhost:8000/sign-in/abc_-/ now", ["http://localhost:8000/sign-in/abc_-/"]),
        ("(http://localhost:8000/x?a=1&b=2).", ["http://localhost:8000/x?a=1&amp;b=2"]),
        ("http://localhost:8000", ["http://localhost:8000"]),
        ("http://localhost:8000/a\nhttp://localhost:8000/b", ["http://localhost:8000/a", "http://localhost:8000/b"]),
        ("http://localhost:80001/x", []),
        ("http://localhost:8000.evil.example/x", []),
        ("http://localhost:8000@evil.example/x", []),
        ("https://evil.example/http:", []),
        ("javascript:alert(1)", []),
    ],
)
def test_links_to_this_site_can_be_followed_and_no_others(text, links):
    shown = messages.linked(text)

    assert shown.count("<a ") == len(links)
    for link in links:
        assert f'<a href="{link}" rel="noopener">{link}</a>' in shown


@pytest.mark.parametrize(
    "name",
    [
        "nothing.eml",
        "0000000000000000000-0000000000000000.eml",
        "..%2F..%2Fsecret-key",
        "..",
        ".0000000000000000000-0000000000000000.eml.part",
        "0000000000000000000-0000000000000000.eml%0A",
        "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠-0000000000000000.eml",
        "x" * 5000,
    ],
)
def test_a_name_that_no_mail_has_is_not_found(client, folder, name):
    (files.folder().parent / "secret-key").write_text("secret")

    assert client.get(f"/mailbox/{name}/").status_code == 404


def test_a_half_written_file_is_not_shown(client, folder):
    (files.folder() / ".0000000000000000000-0000000000000000.eml.part").write_text("Subject: half")

    assert "half" not in client.get("/mailbox/").content.decode()


def test_a_name_that_no_file_can_have_is_not_read(client, folder):
    assert client.get("/mailbox/%00/").status_code == 400


def test_a_file_that_is_no_mail_breaks_no_page(client):
    name = "0000000000000000001-0000000000000001.eml"
    (files.folder() / name).write_bytes(b"\xff\xfe\0Date: never\n\n\xff")
    (files.folder() / name.replace("1.eml", "2.eml")).write_bytes(
        b"Date: never\nContent-Type: text/plain; charset=no\n\nx"
    )

    assert client.get("/mailbox/").status_code == 200
    assert client.get(f"/mailbox/{name}/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_mailbox_is_for_reading_only(client, method):
    assert getattr(client, method)("/mailbox/").status_code == 405


def test_the_check_is_silent_in_the_embedded_mode(settings):
    settings.EMBEDDED = True

    assert mailbox_is_absent_in_production() == []


@pytest.mark.parametrize(
    ("apps", "backend", "errors"),
    [
        (["mailbox"], "outbox.delivery.smtp.EmailBackend", ["mailbox.E001"]),
        ([], "mailbox.backend.EmailBackend", ["mailbox.E001"]),
        ([], "outbox.delivery.smtp.EmailBackend", []),
    ],
)
def test_the_check_refuses_the_mailbox_in_production(settings, apps, backend, errors):
    settings.EMBEDDED = False
    settings.INSTALLED_APPS = [name for name in settings.INSTALLED_APPS if name != "mailbox"] + apps
    settings.EMAIL_BACKEND = backend

    assert [error.id for error in mailbox_is_absent_in_production()] == errors
