"""Writing to many: the list's filters choose, each gets a separate draft, and nothing is sent before it is released."""

import pytest
from django.urls import reverse

from journal.models import Entry
from languages import remembering
from outbox.models import Message
from tests import factories
from tests.confirming import seen_in
from tests.secretariat import pages

State = Message.State


@pytest.fixture
def meeting(at_the_desk, db):
    return factories.make_meeting()


@pytest.fixture
def entries(meeting):
    """Ghana, which names no speaker, Japan, and France, unverified."""
    ghana = factories.make_inscription(meeting, factories.make_delegation("GHA", "Ghana"), speaker_name="")
    japan = factories.make_inscription(meeting, factories.make_delegation("JPN", "Japan"), copies=["copy@jpn.example"])
    france = factories.make_inscription(
        meeting, factories.make_delegation("FRA", "France"), is_verified=False, contact_email="x@elsewhere.example"
    )
    return [ghana, japan, france]


def choose(client, entries):
    """Pass the chosen rows of the list to the page that writes. Returns its address."""
    chosen = {"action": "write_to_chosen", "_selected_action": [entry.pk for entry in entries]}
    return client.post(pages.list_page(), chosen).url


def write(client, address, **typed):
    """Preview, and write the drafts."""
    typed = {"subject": "For {delegation}", "body": "Place {place}, {likely_turn}.", "act": "preview"} | typed
    shown = client.post(address, typed)
    form = shown.context["form"]
    again = typed | {"act": "save", "previewed": form.data.get("previewed", ""), "batch": form["batch"].value()}
    return shown, client.post(address, again), again


def drafts():
    return Message.objects.filter(kind="speakers.bulk").order_by("pk")


def test_each_of_the_chosen_gets_a_separate_draft(officer, meeting, entries):
    preview, answer, _typed = write(officer, choose(officer, entries))

    first, second, third = drafts()
    assert "The first of them, to Ghana:" in pages.text(preview)
    assert "Place 1, about 10:00 a.m.." in pages.text(preview)
    assert "state__exact=held" in answer.url
    assert (factories.subject_of(first), first.body, first.to) == (
        "For Ghana",
        "Place 1, about 10:00 a.m..\n",
        ["gha@missions.example"],
    )
    assert (factories.subject_of(second), second.cc) == ("For Japan", ["copy@jpn.example"])
    assert (factories.subject_of(third), third.body, third.to) == (
        "For France",
        "Place –, –.\n",
        ["x@elsewhere.example"],
    )
    assert {draft.state for draft in drafts()} == {State.HELD}
    entry = Entry.objects.get(act="drafts written")
    assert (entry.stream, entry.payload.after["count"]) == (meeting.journal_stream, 3)


def test_nothing_is_written_by_the_preview(officer, entries):
    officer.post(choose(officer, entries), {"subject": "S", "body": "B", "act": "preview"})

    assert not drafts().exists()


def test_the_same_form_sent_twice_writes_each_draft_once(officer, entries):
    address = choose(officer, entries)
    _preview, _answer, typed = write(officer, address)

    officer.post(address, typed)

    assert drafts().count() == 3


def test_a_placeholder_that_is_not_on_the_list_is_refused(officer, entries):
    answer = officer.post(choose(officer, entries), {"subject": "S", "body": "{note}", "act": "preview"})

    assert answer.status_code == 422
    assert "Unknown here: {note}." in pages.text(answer)


def test_released_drafts_are_on_their_way(lead, entries):
    write(lead, choose(lead, entries))

    chosen = {"action": "release_chosen", "_selected_action": [draft.pk for draft in drafts()]}
    asked = lead.post(reverse("admin:outbox_message_changelist"), chosen)
    lead.post(reverse("admin:outbox_message_changelist"), {**chosen, "seen": seen_in(asked)})

    assert {draft.state for draft in drafts()} == {State.QUEUED}


def test_entries_of_another_meeting_get_nothing(officer, entries):
    other = factories.make_inscription(factories.make_meeting("other"), factories.make_delegation("KEN"))
    address = reverse("admin:speakers_inscription_write", args=["dialogue"]) + f"?chosen={other.pk},{entries[0].pk}"

    write(officer, address)

    assert [factories.subject_of(draft) for draft in drafts()] == ["For Ghana"]


@pytest.mark.parametrize("chosen", ["", "x", "²", "0", "1,x", str(2**63), "9" * 4000])
def test_an_address_that_names_no_rows_leads_back_to_the_list(officer, entries, chosen):
    address = reverse("admin:speakers_inscription_write", args=["dialogue"], query={"chosen": chosen})

    assert officer.get(address).headers["Location"] == reverse("admin:speakers_inscription_changelist")


def test_those_not_inscribed_are_found_and_written_to_at_their_focal_points(officer, meeting, entries):
    kenya, mali = factories.make_delegation("KEN", "Kenya"), factories.make_delegation("MLI", "Mali")
    factories.make_focal_point(kenya, "first@ken.example")
    factories.make_focal_point(kenya, "second@ken.example")
    listed = reverse("admin:speakers_delegation_changelist")
    shown = officer.get(listed, {"inscribed": "no"})

    chosen = {"action": "write_to_chosen", "_selected_action": [kenya.pk, mali.pk]}
    address = officer.post(listed, chosen).url
    write(officer, address, subject="{meeting}", body="{delegation}: {inscribe_link}")

    assert pages.cells(shown, "name") == ["Kenya", "Mali"]
    draft = drafts().get()
    assert draft.to == ["first@ken.example", "second@ken.example"]
    assert draft.body.startswith("Kenya: http")


def test_if_none_has_an_address_the_list_says_so(officer, meeting):
    mali = factories.make_delegation("MLI", "Mali")
    address = reverse("admin:speakers_delegation_write", args=["dialogue"]) + f"?chosen={mali.pk}"

    assert "None of those chosen has an address to write to" in pages.text(officer.get(address, follow=True))


def test_readers_cannot_write_to_delegations(reader, entries):
    address = reverse("admin:speakers_inscription_write", args=["dialogue"]) + f"?chosen={entries[0].pk}"

    assert [reader.get(address).status_code, reader.post(address).status_code] == [403, 403]
    assert "write_to_chosen" not in reader.get(pages.list_page()).content.decode()


def in_french(entry):
    entry.delegation.mail_language = "fr"
    entry.delegation.save()


def test_each_reads_the_text_in_its_language_and_the_others_the_one_in_english(officer, entries):
    in_french(entries[0])
    in_french(entries[1])
    remembering.remember("ru", [entries[0].contact_email])
    more = {"subject_fr": "Pour {delegation}", "body_fr": "Place {place}, {likely_turn}."}

    preview, _answer, _typed = write(officer, choose(officer, entries), **more)

    french = drafts()[1]
    shown = pages.text(preview)
    assert [(draft.language, draft.subject) for draft in drafts()] == [
        ("en", f"For Ghana{factories.ABOUT}"),
        ("fr", "Pour Japan – Informal interactive dialogue, 6 septembre 2016"),
        ("en", f"For France{factories.ABOUT}"),
    ]
    assert "vers" in french.body
    assert "a.m." not in french.body
    assert "Français The first of them, to Japan: Subject: Pour Japan" in shown.partition("to Ghana:")[2]
    assert Entry.objects.get(act="drafts written").payload.after["in_other_languages"] == {
        "fr": {"subject": "Pour {delegation}", "text": "Place {place}, {likely_turn}."}
    }


def test_a_text_that_none_of_them_reads_is_previewed_as_the_first_would(officer, entries):
    more = {"subject_ar": "{delegation}", "body_ar": "نص"}

    preview, _answer, _typed = write(officer, choose(officer, entries), **more)

    assert '<pre lang="ar" dir="rtl">نص' in preview.content.decode()
    assert [draft.language for draft in drafts()] == ["en", "en", "en"]


def test_focal_points_read_the_text_in_the_language_of_their_delegation(officer, meeting):
    kenya = factories.make_delegation("KEN", "Kenya")
    kenya.mail_language = "fr"
    kenya.save()
    factories.make_focal_point(kenya)
    address = reverse("admin:speakers_delegation_write", args=["dialogue"], query={"chosen": kenya.pk})

    write(officer, address, body="{deadline}", subject_fr="{meeting}", body_fr="{deadline}")

    draft = drafts().get()
    assert draft.language == "fr"
    assert "septembre" in draft.body


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"subject_fr": "Pour vous"}, "body_fr", "This field is required."),
        ({"body_fr": "Texte"}, "subject_fr", "This field is required."),
        ({"subject_fr": "{note}", "body_fr": "Texte"}, "subject_fr", "Unknown here: {note}."),
    ],
)
def test_a_text_in_another_language_is_whole_and_checked(officer, entries, typed, field, words):
    answer = officer.post(choose(officer, entries), {"subject": "S", "body": "B", "act": "preview"} | typed)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [words]}
    assert not answer.context["previews"]


def test_a_text_that_changed_in_another_language_is_previewed_again(officer, entries):
    address = choose(officer, entries)
    _preview, _answer, typed = write(officer, address, subject_fr="Un", body_fr="Texte")
    Message.objects.all().delete()

    answer = officer.post(address, typed | {"body_fr": "Un autre texte"})

    assert answer.status_code == 200
    assert not drafts().exists()
