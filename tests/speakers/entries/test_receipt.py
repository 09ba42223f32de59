"""The receipt: who may see it, what it says, and what may be changed there.  R-08 R-22 to R-25 R-59 R-68"""

import re
from datetime import timedelta

import pytest

import clock
from journal.actors import Actor
from journal.models import Entry
from speakers.entries import verifying, withdrawing
from speakers.models import FocalPoint, Inscription
from tests.confirming import seen_in, twice
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
    signed_in,
)

pytestmark = pytest.mark.django_db
STRANGER = "somebody@elsewhere.example"
ACTS = ["", "speaker/", "level/", "correction/", "withdrawal/"]


@pytest.fixture
def meeting():
    with clock.stopped(OPEN + timedelta(hours=1)):
        made = make_meeting()
        for code in ["RWA", "KEN", "FRA"]:
            make_focal_point(make_delegation(code))
        yield made


def of(delegation):
    return signed_in(f"{delegation}@missions.example")


def speaker(**changes):
    """The form that changes the speaker, filled in."""
    typed = {"speaker_prefix": "Dr.", "speaker_name": "New Speaker", "speaker_title": "Minister"} | changes
    return typed


def level(code, title="Minister"):
    """The form that changes the level, filled in."""
    make_level(code)
    return {"level": code, "speaker_title": title}


@pytest.mark.parametrize("page", [*ACTS, "swap/", "joint/"])
def test_the_title_of_each_page_names_the_meeting(meeting, page):
    inscription = make_inscription(meeting)

    title = of("rwa").get(f"{inscription.get_absolute_url()}{page}").content.decode().partition("</title>")[0]

    assert title.partition("<title>")[2].endswith(" · Informal interactive dialogue · General Assembly")


# Who may see it.


def test_every_focal_point_of_the_delegation_sees_its_receipt(meeting):
    inscription = make_inscription(meeting)
    make_focal_point(inscription.delegation, "second@missions.example")

    statuses = [
        signed_in(a).get(inscription.get_absolute_url()).status_code
        for a in ("rwa@missions.example", "second@missions.example")
    ]

    assert statuses == [200, 200]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_anyone_else_there_is_no_such_receipt_and_nothing_changes(meeting, act, method):
    inscription = make_inscription(meeting)
    path = inscription.get_absolute_url() + act

    statuses = {
        getattr(signed_in(address), method)(path, speaker() | level("MFA")).status_code
        for address in ("ken@missions.example", STRANGER)
    }

    unchanged = Inscription.objects.get()
    assert statuses == ({405} if (act, method) == ("", "post") else {404})
    assert (unchanged.state, unchanged.speaker_name, unchanged.level.code) == ("standing", "Speaker of Rwa", "PR")


@pytest.mark.parametrize("act", ACTS)
def test_a_visitor_who_is_not_signed_in_is_sent_to_sign_in_whether_or_not_the_receipt_exists(client, meeting, act):
    inscription = make_inscription(meeting)
    path = inscription.get_absolute_url()
    other = path.replace(str(inscription.public_id), "12345678-1234-4234-8234-123456789abc")

    answers = [client.get(path + act), client.get(other + act)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert all("/speakers/sign-in/?receipt=" in answer.headers["Location"] for answer in answers)


def test_an_unverified_entry_is_seen_by_its_filer_and_not_by_the_delegation(meeting):
    inscription = make_inscription(meeting, is_verified=False, by=Actor(STRANGER, "unverified person"))
    path = inscription.get_absolute_url()

    statuses = [signed_in(STRANGER).get(path).status_code, of("rwa").get(path).status_code]

    assert statuses == [200, 404]


def test_once_verified_an_entry_is_seen_by_the_delegation_and_by_its_filer(meeting):
    inscription = make_inscription(meeting, is_verified=False, by=Actor(STRANGER, "unverified person"))
    verifying.verify(inscription, by=STAFF, at=OPEN)

    statuses = [client.get(inscription.get_absolute_url()).status_code for client in (signed_in(STRANGER), of("rwa"))]

    assert statuses == [200, 200]


def test_an_entry_is_not_found_under_another_meeting(meeting):
    inscription = make_inscription(meeting)
    make_meeting("other")

    answer = of("rwa").get(inscription.get_absolute_url().replace("/dialogue/", "/other/"))

    assert answer.status_code == 404


def test_a_focal_point_struck_off_sees_not_even_what_it_filed(meeting):
    inscription = make_inscription(meeting)
    FocalPoint.objects.filter(email="rwa@missions.example").update(is_active=False)

    assert of("rwa").get(inscription.get_absolute_url()).status_code == 404


def test_a_receipt_is_kept_by_no_cache(meeting):
    answer = of("rwa").get(make_inscription(meeting).get_absolute_url())

    assert "no-store" in answer.headers["Cache-Control"]


# What it says.


def test_the_receipt_gives_number_stamps_witness_and_what_is_recorded(meeting):
    inscription = make_inscription(
        meeting, at=DEADLINE - timedelta(microseconds=1), note="A note.", copies=["copy@missions.example"]
    )

    page = of("rwa").get(inscription.get_absolute_url()).content.decode()

    assert re.search(r'class="stamp-number">\s*1\s*<', page)
    assert page.count("1 September 2016, 12:59:59.999 p.m. (New York time)") == 2
    assert inscription.witness in page
    assert Entry.objects.filter(hash=inscription.witness).exists()
    for said in ["H.E. Ms. Speaker of Rwa", "Permanent Representative", "A note.", "copy@missions.example"]:
        assert said in page


def test_the_receipt_gives_the_place_now_as_provisional_and_says_why(meeting):
    make_inscription(meeting, make_delegation("KEN"), "MFA")
    inscription = make_inscription(meeting)

    page = of("rwa").get(inscription.get_absolute_url()).content.decode()

    assert re.search(r'class="place-now"><strong>2</strong> <span class="tag tag--provisional">provisional<', page)
    assert "Place 2 on the list as it stands" in page
    assert "Level “PR”; among levels of equal standing" in page


def test_the_receipt_of_an_unverified_entry_says_what_that_means(meeting):
    inscription = make_inscription(meeting, is_verified=False, by=Actor(STRANGER, "unverified person"))

    page = signed_in(STRANGER).get(inscription.get_absolute_url()).content.decode()

    assert "Received, not yet verified." in page
    assert 'class="place-now"' not in page
    assert "Swap places" not in page


def test_what_is_recorded_never_becomes_markup(meeting):
    inscription = make_inscription(meeting, speaker_name="<script>alert(1)</script>", note="<b>\nbold</b>")

    page = of("rwa").get(inscription.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "<b>" not in page


# What may be changed there.


def test_the_speaker_is_changed_and_the_place_stays(meeting):
    inscription = make_inscription(meeting)
    make_inscription(meeting, make_delegation("KEN"))

    answer = of("rwa").post(inscription.get_absolute_url() + "speaker/", speaker())

    changed = Inscription.objects.get(pk=inscription.pk)
    assert answer.headers["Location"] == inscription.get_absolute_url()
    assert (changed.speaker_prefix, changed.speaker_name, changed.speaker_title) == ("Dr.", "New Speaker", "Minister")
    assert order_of(meeting) == ["RWA", "KEN"]


def test_the_speaker_may_be_changed_after_closing(meeting):
    inscription = make_inscription(meeting)

    with clock.stopped(DEADLINE + timedelta(days=2)):
        of("rwa").post(inscription.get_absolute_url() + "speaker/", speaker())

    assert Inscription.objects.get().speaker_name == "New Speaker"


def test_an_error_in_the_change_is_answered_at_its_field_with_what_was_typed_kept(meeting):
    inscription = make_inscription(meeting)

    answer = of("rwa").post(
        inscription.get_absolute_url() + "speaker/", speaker(speaker_name="\u200b", speaker_title="Envoy")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_speaker_name_error"' in page
    assert 'value="Envoy"' in page
    assert Inscription.objects.get().speaker_name == "Speaker of Rwa"


def test_a_change_of_level_puts_the_entry_at_the_end_of_its_new_class(meeting):
    make_inscription(meeting, make_delegation("KEN"), "MFA")
    inscription = make_inscription(meeting)
    make_inscription(meeting, make_delegation("FRA"), "MFA")

    path = inscription.get_absolute_url() + "level/"

    asked = of("rwa").post(path, level("MFA", "Minister of Trade"))
    before = order_of(meeting)
    of("rwa").post(path, level("MFA", "Minister of Trade") | {"seen": seen_in(asked)})

    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Nothing has changed yet." in page
    assert "Rwa stays at place 3 for now." in page
    assert "with the level “PR” again, it would stand after all others of that class." in page
    assert 'value="Minister of Trade"' in page
    assert "Yes, change the level" in page
    assert before == ["KEN", "FRA", "RWA"]
    assert order_of(meeting) == ["KEN", "FRA", "RWA"]
    assert Inscription.objects.get(pk=inscription.pk).level.code == "MFA"


def test_a_change_of_level_says_first_from_which_place_to_which(meeting):
    make_inscription(meeting, make_delegation("KEN"))
    inscription = make_inscription(meeting)

    asked = of("rwa").post(inscription.get_absolute_url() + "level/", level("HOS"))

    assert "Rwa moves from place 2 to place 1." in asked.content.decode()
    assert order_of(meeting) == ["KEN", "RWA"]
    assert Inscription.objects.get(pk=inscription.pk).level.code == "PR"


def test_a_change_of_level_is_asked_again_if_the_places_changed_before_it_was_confirmed(meeting):
    make_inscription(meeting, make_delegation("KEN"))
    inscription = make_inscription(meeting)
    path = inscription.get_absolute_url() + "level/"
    asked = of("rwa").post(path, level("MFA"))
    make_inscription(meeting, make_delegation("FRA"), "MFA")

    again = of("rwa").post(path, level("MFA") | {"seen": seen_in(asked)})
    still = Inscription.objects.get(pk=inscription.pk).level.code
    of("rwa").post(path, level("MFA") | {"seen": seen_in(again)})

    page = again.content.decode()
    assert "This has changed since you were asked." in page
    assert "Rwa moves from place 3 to place 2." in page
    assert still == "PR"
    assert order_of(meeting) == ["FRA", "RWA", "KEN"]


def test_another_title_and_another_level_of_the_same_class_are_changed_by_one_press(meeting):
    inscription = make_inscription(meeting)

    answer = of("rwa").post(inscription.get_absolute_url() + "level/", level("CDA", "Chargé d’affaires"))

    changed = Inscription.objects.get()
    assert answer.headers["Location"] == inscription.get_absolute_url()
    assert (changed.level.code, changed.speaker_title) == ("CDA", "Chargé d’affaires")


def test_after_closing_a_higher_level_is_refused_at_the_field_and_a_lower_one_taken(meeting):
    inscription = make_inscription(meeting)
    path = inscription.get_absolute_url() + "level/"

    with clock.stopped(DEADLINE):
        up = of("rwa").post(path, level("MFA"))
        still = Inscription.objects.get().level.code
        down = twice(of("rwa"), path, level("DPR"))

    assert (up.status_code, still) == (422, "PR")
    assert 'id="id_level_error"' in up.content.decode()
    assert (down.status_code, Inscription.objects.get().level.code) == (302, "DPR")


def test_withdrawing_is_asked_once_more_and_keeps_the_row(meeting):
    inscription = make_inscription(meeting)
    client = of("rwa")

    asked = client.get(inscription.get_absolute_url() + "withdrawal/")
    before = Inscription.objects.get().state
    seen = {"seen": seen_in(asked)}
    answer = client.post(inscription.get_absolute_url() + "withdrawal/", seen, follow=True)

    withdrawn = Inscription.objects.get()
    assert (asked.status_code, before) == (200, "standing")
    assert (withdrawn.state, withdrawn.ended_by) == ("withdrawn", "rwa@missions.example")
    assert "Withdrawn on" in answer.content.decode()
    assert "Change, correct or withdraw" not in answer.content.decode()


def test_a_withdrawal_without_its_page_asks_first(meeting):
    inscription = make_inscription(meeting)

    answer = of("rwa").post(inscription.get_absolute_url() + "withdrawal/")

    assert answer.status_code == 422
    assert "Nothing has changed yet." in answer.content.decode()
    assert Inscription.objects.get().state == "standing"


def test_a_withdrawal_is_asked_again_if_its_place_changed_meanwhile(meeting):
    inscription = make_inscription(meeting)
    path = inscription.get_absolute_url() + "withdrawal/"
    asked = of("rwa").get(path)
    make_inscription(meeting, make_delegation("KEN"), "HOS")

    again = of("rwa").post(path, {"seen": seen_in(asked)})
    still = Inscription.objects.get(pk=inscription.pk).state
    of("rwa").post(path, {"seen": seen_in(again)})

    assert "Rwa gives up place 1." in asked.content.decode()
    assert "Rwa gives up place 2." in again.content.decode()
    assert still == "standing"
    assert Inscription.objects.get(pk=inscription.pk).state == "withdrawn"


def test_what_is_withdrawn_is_neither_changed_nor_withdrawn_again(meeting):
    inscription = make_inscription(meeting)
    withdrawing.withdraw(inscription, by=STAFF, at=OPEN)
    path = inscription.get_absolute_url()

    typed = speaker() | level("MFA") | {"language": "fr", "contact_name": "N", "contact_email": "n@missions.example"}
    answers = [of("rwa").post(path + act, typed) for act in ACTS[1:]]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert all(
        "is withdrawn and cannot" in a.content.decode() or "already withdrawn" in a.content.decode() for a in answers
    )


@pytest.mark.parametrize("act", ACTS[1:])
def test_opening_an_address_of_an_act_changes_nothing(meeting, act):
    inscription = make_inscription(meeting)
    entries = Entry.objects.count()

    of("rwa").get(inscription.get_absolute_url() + act)

    assert Inscription.objects.get().state == "standing"
    assert Entry.objects.count() == entries


def test_a_forged_withdrawal_is_refused(meeting):
    inscription = make_inscription(meeting)
    client = of("rwa")
    client.handler.enforce_csrf_checks = True

    answer = client.post(inscription.get_absolute_url() + "withdrawal/")

    assert (answer.status_code, Inscription.objects.get().state) == (403, "standing")


def test_the_journal_says_who_changed_it_and_as_what(meeting):
    inscription = make_inscription(meeting, is_verified=False, by=Actor(STRANGER, "unverified person"))

    signed_in(STRANGER).post(inscription.get_absolute_url() + "speaker/", speaker())

    entry = Entry.objects.order_by("-pk").first()
    assert (entry.act, entry.actor_role, entry.payload.actor_name) == ("speaker changed", "unverified person", STRANGER)


def test_the_form_of_inscription_shows_what_this_address_has_already_inscribed(meeting):
    mine, other = make_inscription(meeting), make_inscription(meeting, make_delegation("KEN"))

    page = of("rwa").get("/meetings/dialogue/speakers/inscribe/").content.decode()

    assert mine.get_absolute_url() in page
    assert other.get_absolute_url() not in page
