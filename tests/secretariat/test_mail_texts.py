"""Mail texts written by staff: an allow-list of placeholders, a preview before use, the shipped text as a way back.

R-10 R-60
"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from dialogue import placeholders
from dialogue.models import MailText
from floor.mail import notices as room_notices
from journal.models import Entry
from outbox.delivery import sweeping
from outbox.models import Message
from speakers.entries import changing, late_requests
from speakers.mail import texts
from speakers.mail.editable_mails import EDITABLE
from speakers.models import LateRequest
from tests import factories
from tests.factories import OPEN, STAFF
from tests.secretariat import pages

LIST = reverse("admin:dialogue_mailtext_changelist")
WHOLE = "Welcome, {delegation}.\n\n{place}\n\n{recorded}\n\n{how_to_change}"


@pytest.fixture
def meeting(at_the_desk, db):
    factories.make_level("PR")
    return factories.make_meeting()


def text_page(meeting, name="acknowledgement", language="en"):
    return reverse("admin:dialogue_mailtext_of", args=[meeting.slug, name, language])


def post(client, meeting, act, subject="Inscribed: {delegation}", body=WHOLE, previewed="", **which):
    typed = {"subject": subject, "body": body, "previewed": previewed, "act": act}
    return client.post(text_page(meeting, **which), typed)


def save(client, meeting, **changes):
    """Preview the text, and use it."""
    shown = post(client, meeting, "preview", **changes)
    return post(client, meeting, "save", previewed=shown.context["form"].data["previewed"], **changes)


def acknowledgement_of(inscription):
    mails = Message.objects.filter(kind="speakers.acknowledgement")
    return factories.written(mails.get(to__icontains=inscription.contact_email))


@pytest.mark.parametrize("name", list(EDITABLE))
def test_each_shipped_text_is_previewed_with_sample_facts(reader, meeting, name):
    page = reader.get(text_page(meeting, name))

    shown = pages.text(page)
    assert page.status_code == 200
    assert "The shipped text, with sample facts" in shown
    assert "Meeting: Informal interactive dialogue" in shown
    assert "<textarea" not in page.content.decode()


@pytest.mark.parametrize("name", list(EDITABLE))
def test_each_placeholder_of_each_mail_has_a_value(lead, meeting, name):
    mail = EDITABLE[name]
    body = " ".join(f"{{{each}}}" for each in mail.allowed)

    page = post(lead, meeting, "preview", body=body, subject="Subject", name=name)

    assert page.status_code == 200
    assert set(mail.required) <= set(mail.allowed)
    assert not placeholders.used(page.context["previews"][0]["body"])


def test_a_text_of_the_secretariat_is_previewed_used_and_journalled(lead, meeting):
    preview = post(lead, meeting, "preview")
    stored_by_preview = MailText.objects.count()

    answer = save(lead, meeting)

    rwanda = factories.make_inscription(meeting, factories.make_delegation("RWA", "Rwanda"))
    mail = acknowledgement_of(rwanda)
    assert "This is how the mail will read" in pages.text(preview)
    assert stored_by_preview == 0
    assert answer.status_code == 302
    assert mail.subject == "Inscribed: Rwanda"
    assert mail.body.startswith("Welcome, Rwanda.\n\n1\n\nWhat is recorded\n")
    assert "Receipt number: 1" in mail.body
    entry = Entry.objects.get(act="mail text changed")
    assert (entry.subject, entry.payload.after["body"]) == ("mail-text/speakers.acknowledgement/en", WHOLE)


def test_a_text_that_was_not_previewed_is_shown_first(lead, meeting):
    first = post(lead, meeting, "preview")
    digest = first.context["form"].data["previewed"]

    unread = post(lead, meeting, "save")
    other = post(lead, meeting, "save", body=f"{WHOLE} And more.", previewed=digest)

    assert [unread.status_code, other.status_code] == [200, 200]
    assert not MailText.objects.exists()


def test_a_placeholder_that_is_not_on_the_list_is_refused(lead, meeting):
    body = f"{WHOLE} {{contact_email}} {{reason}}"

    answer = post(lead, meeting, "preview", body=body)
    in_subject = post(lead, meeting, "preview", subject="{Recorded}")

    assert "Unknown here: {contact_email} and {reason}." in pages.text(answer)
    assert "Unknown here: {Recorded}." in pages.text(in_subject)
    assert answer.status_code == 422


def test_what_a_mail_must_say_cannot_be_left_out(lead, meeting):
    answer = post(lead, meeting, "preview", body="Welcome, {delegation}.")

    assert "This mail needs more: add {recorded}, {place} and {how_to_change}." in pages.text(answer)
    with pytest.raises(texts.TextRefused):
        texts.save_text(meeting, "acknowledgement", subject="S", body="B", by=STAFF, at=OPEN)


def test_what_a_delegation_typed_becomes_no_placeholder_and_no_markup(lead, meeting):
    save(lead, meeting)

    entry = factories.make_inscription(meeting, speaker_name="{witness} <b>{reason}</b>")

    assert "Speaker: H.E. Ms. {witness} <b>{reason}</b>" in acknowledgement_of(entry).body


def test_an_entry_without_a_place_gets_the_shipped_text(lead, meeting):
    save(lead, meeting)

    entry = factories.make_inscription(meeting, is_verified=False)

    assert acknowledgement_of(entry).subject.startswith("Received, not yet verified")


def test_the_shipped_text_is_one_press_away_and_the_replaced_one_is_kept(lead, meeting):
    save(lead, meeting)

    lead.post(text_page(meeting), {"act": "shipped"})

    entry = factories.make_inscription(meeting)
    assert acknowledgement_of(entry).subject.startswith("Inscribed on the list of speakers")
    assert MailText.objects.get().body == WHOLE
    assert Entry.objects.filter(act="mail text changed").count() == 2


def test_a_text_belongs_to_its_meeting_alone(lead, meeting):
    other = factories.make_meeting("other")
    save(lead, meeting)

    entry = factories.make_inscription(other)

    assert acknowledgement_of(entry).subject.startswith("Inscribed on the list of speakers")


def test_mails_already_written_keep_their_text(lead, meeting):
    entry = factories.make_inscription(meeting)
    sweeping.drain()
    before = acknowledgement_of(entry).body

    save(lead, meeting)

    assert acknowledgement_of(entry).body == before


def test_the_list_says_which_texts_are_the_secretariats_own(lead, reader, meeting):
    save(lead, meeting)

    shown = pages.text(reader.get(LIST))

    assert "Acknowledgement of an inscription English" in shown
    assert "Inscription withdrawn none" in shown


def test_only_the_lead_changes_texts_and_only_staff_read_them(reader, officer, sign_in, client, meeting):
    posted = [post(person, meeting, "preview").status_code for person in (reader, officer)]
    outsider = sign_in("")

    assert posted == [403, 403]
    assert [outsider.get(LIST).status_code, outsider.get(text_page(meeting)).status_code] == [403, 403]
    assert client.get(LIST).status_code == 302
    assert reader.get(text_page(meeting, "sign_in")).status_code == 404


def test_a_text_in_another_language_is_read_by_the_delegations_of_that_language_alone(lead, meeting):
    rwanda, kenya = factories.make_delegation("RWA", "Rwanda"), factories.make_delegation("KEN", "Kenya")
    rwanda.mail_language = "fr"
    rwanda.save()

    save(lead, meeting, language="fr", subject="Inscription : {delegation}")

    told = [acknowledgement_of(factories.make_inscription(meeting, each)) for each in (rwanda, kenya)]
    assert [(mail.language, mail.subject) for mail in told] == [
        ("fr", "Inscription : Rwanda"),
        ("en", "Inscribed on the list of speakers: Kenya, receipt 2"),
    ]


def test_if_a_language_has_no_text_the_whole_mail_is_in_the_language_of_the_site(lead, meeting, settings):
    settings.SITE_LANGUAGES = ["en"]
    rwanda = factories.make_delegation("RWA", "Rwanda")
    rwanda.mail_language = "fr"
    rwanda.save()
    save(lead, meeting, language="fr")
    entry = factories.make_inscription(meeting, rwanda)

    changing.change_level(entry, level=factories.make_level("MFA"), title="Minister", by=STAFF, at=OPEN)

    mail = Message.objects.get(kind="speakers.changed")
    assert (mail.language, mail.subject) == ("en", "Changed on the list of speakers: Rwanda, receipt 1")
    assert "August 2016" in mail.body


def test_what_the_site_says_itself_is_never_half_in_another_language(lead, meeting, settings):
    settings.SITE_LANGUAGES = ["en"]
    rwanda = factories.make_delegation("RWA", "Rwanda")
    rwanda.mail_language = "fr"
    rwanda.save()
    save(lead, meeting, language="fr")

    body = acknowledgement_of(factories.make_inscription(meeting, rwanda)).body

    assert "Language of delivery: English" in body
    assert "Arrived: 31 August 2016" in body


def test_each_language_of_the_site_has_its_page_and_arabic_is_written_from_the_right(lead, reader, meeting):
    codes = ["ar", "zh-hans", "en", "fr", "ru", "es"]

    answers = [reader.get(text_page(meeting, language=code)).status_code for code in codes]
    arabic = post(lead, meeting, "preview", language="ar").content.decode()

    assert answers == [200] * 6
    assert '<pre lang="ar" dir="rtl">' in arabic
    assert 'lang="ar" dir="rtl"' in arabic.partition("<textarea")[2].partition(">")[0]
    assert reader.get(text_page(meeting, language="tlh")).status_code == 404


def test_every_mail_to_a_delegation_may_be_reworded():
    """All shipped texts except the notices to the officer, the parts, and the sign-in code."""
    folders = {app: settings.BASE_DIR / f"templates/{app}/mail" for app in ("speakers", "floor")}
    shipped = {(app, path.stem) for app, folder in folders.items() for path in folder.glob("[!_]*.txt")}
    to_others = {(app, name) for app, name in shipped if name.startswith("notice_") or name == "sign_in"}

    assert shipped - to_others == {(mail.app, mail.name) for mail in EDITABLE.values()}


def test_an_alert_from_the_room_uses_the_reworded_text(lead, meeting):
    save(lead, meeting, name="alert", subject="{delegation}", body="{speakers_before}, {about}: {room_link}")
    entry = factories.make_inscription(meeting, factories.make_delegation("RWA", "Rwanda"))

    room_notices.alert(entry, before=5, about="about 15:40", version=1)

    mail = Message.objects.get(kind="floor.alert")
    assert mail.subject == "Rwanda"
    assert mail.body.startswith("5 speakers before you, about 15:40: http")


def test_a_declined_late_request_uses_the_reworded_text_with_the_answer(lead, meeting):
    save(lead, meeting, name="late_declined", subject="{delegation}", body="We regret. {reason}")
    after = factories.DEADLINE + timedelta(hours=1)
    facts = {"contact_name": "Mission", "contact_email": "rwa@missions.example", "level": factories.make_level()}
    late = LateRequest(
        speakers_list=meeting.speakers_list, delegation=factories.make_delegation("RWA", "Rwanda"), **facts
    )

    late_requests.file(late, by=STAFF, is_on_record=True, arrived_at=after, key="k", digest="d")
    late_requests.decline(late, answer="No time is left {delegation}", by=STAFF, at=after)

    mail = Message.objects.get(kind="speakers.late_declined")
    assert (mail.subject, mail.body) == ("Rwanda", "We regret. No time is left {delegation}\n")


def test_using_the_same_text_again_is_no_act(meeting):
    for _ in range(2):
        texts.save_text(meeting, "acknowledgement", subject="{delegation}", body=WHOLE, by=STAFF, at=OPEN)

    assert Entry.objects.filter(act="mail text changed").count() == 1
