"""What the site says of itself is true: terms and places of personal data, cookies, and the file for finders.  R-57"""

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings as project
from django.test import Client

import clock
from dialogue.models import Meeting
from floor.booths import linking
from secretariat import erasing
from tests.confirming import twice
from tests.factories import OPEN, STAFF, make_focal_point, make_inscription, make_meeting, signed_in

SECURITY_TXT = "/.well-known/security.txt"


def words(answer):
    """What the main part of a page says, white space as one sees it."""
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


@pytest.mark.django_db
def test_the_privacy_page_gives_the_terms_of_a_meeting_as_they_are_carried_out(client):
    page = words(client.get("/privacy/"))

    assert "90 days after the end of the meeting." in page
    assert "declined or never confirmed go after 30 days." in page
    assert "Meetings whose data are still kept" not in page


@pytest.mark.django_db
def test_the_privacy_page_says_of_each_meeting_until_when_its_data_are_kept(client):
    make_meeting("short", title={"en": "A short memory"}, personal_data_days=10, declined_data_days=2)
    make_meeting("draft", title={"en": "A draft"}, is_published=False)
    erased = make_meeting("erased", title={"en": "Erased already"})
    Meeting.objects.filter(pk=erased.pk).update(personal_data_erased_at=erased.personal_data_due_at)

    page = words(client.get("/privacy/"))

    until = "Until Friday, 16 September 2016; declined requests until Thursday, 8 September 2016."
    assert re.search(rf"A short memory\s+{until}", page)
    assert "A draft" not in page
    assert "Erased already" not in page


@pytest.mark.django_db
def test_the_privacy_page_names_every_place_of_personal_data(client, settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path  # as in the embedded mode

    page = words(client.get("/privacy/")).casefold()

    named = [str(place.name) for place in [*erasing.places(), *erasing.standing()]]
    missing = [name for name in named if name.casefold() not in page]
    assert missing == ["declined and unconfirmed representatives and requests"]  # a sentence of its own says so
    assert [str(place.rule) for place in erasing.standing() if str(place.rule).casefold() not in page] == []


@pytest.mark.django_db
def test_in_production_the_privacy_page_says_nothing_of_the_mails_of_the_embedded_mode(client, settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path
    assert "local mail sink" in words(client.get("/privacy/"))

    settings.MAILBOX_DIR = None

    assert "local mail sink" not in words(client.get("/privacy/"))


@pytest.mark.django_db
def test_the_privacy_page_names_every_cookie_that_signing_in_a_form_and_an_act_set(admin_user):
    client, staff, booth = signed_in("rwa@missions.example"), Client(), Client()
    staff.post("/secretariat/login/", {"username": admin_user.username, "password": "password"})
    with clock.stopped(OPEN):
        inscription = make_inscription(make_meeting())
        make_focal_point(inscription.delegation)
        client.get("/meetings/dialogue/speakers/sign-in/")
        client.post("/meetings/dialogue/speakers/sign-in/", {"email": "rwa@missions.example"})
        _booth, url = linking.make(inscription.meeting, "English booth", by=STAFF, at=OPEN)
        booth.post(urlsplit(url).path)
        client.post("/language/", {"language": "en"})
        twice(client, f"{inscription.get_absolute_url()}withdrawal/")

    page = client.get("/privacy/")

    kept = {name for each in (client, staff, booth) for name in each.cookies}
    assert kept == set(re.findall(r"<code>(\w+)</code>", page.content.decode()))
    assert f"ends after {project.SESSION_COOKIE_AGE // 3600} hours" in words(page)
    assert timedelta(days=360) < timedelta(seconds=project.CSRF_COOKIE_AGE) < timedelta(days=367)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/privacy/", "/accessibility/", "/security/"])
def test_each_page_about_the_site_says_whom_to_write_to(client, settings, address):
    settings.SECRETARIAT_CONTACT = "speakers@example.org, <telephone> 5063"

    page = client.get(address).content.decode()

    assert '<a href="mailto:speakers@example.org">speakers@example.org</a>, &lt;telephone&gt; 5063' in page
    assert "The officers of each meeting" in page


@pytest.mark.django_db
def test_every_public_page_leads_to_them(client):
    foot = client.get("/").content.decode().split("<footer")[1]

    assert re.findall(r'href="(/[a-z]+/)"', foot)[:3] == ["/privacy/", "/accessibility/", "/security/"]


def test_without_a_contact_there_is_no_security_txt(client):
    assert client.get(SECURITY_TXT).status_code == 404


@time_machine.travel(datetime(2031, 5, 6, 13, 14, 15, tzinfo=UTC), tick=False)
def test_security_txt_says_where_to_report_and_until_when_it_holds_and_asks_no_database(client, settings):
    settings.SECURITY_CONTACT = ["mailto:security@example.org", "https://example.org/report"]
    settings.SITE_URL = "https://speakers.example.org"

    answer = client.get(SECURITY_TXT)

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == (
        "Contact: mailto:security@example.org\n"
        "Contact: https://example.org/report\n"
        "Expires: 2031-11-02T00:00:00Z\n"
        "Preferred-Languages: en\n"
        "Canonical: https://speakers.example.org/.well-known/security.txt\n"
        "Policy: https://speakers.example.org/security/\n"
    )


def test_the_policy_names_the_contacts_and_asks_no_database(client, settings):
    settings.SECURITY_CONTACT = ["mailto:security@example.org"]

    page = client.get("/security/").content.decode()

    assert '<a href="mailto:security@example.org">security@example.org</a>' in page
    assert "The officers of each meeting" not in page
