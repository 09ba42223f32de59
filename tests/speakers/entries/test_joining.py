"""Joint statements: named, confirmed by each one's own sign-in, named in order.  R-12 R-29 R-58 R-59 R-60"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

import clock
from acts.refusals import Refusal
from floor import state
from floor.record import files, record, tables
from floor.script import script
from floor.standings import read
from journal.actors import FOCAL_POINT, Actor
from journal.models import Entry
from outbox.models import Message
from speakers import chronicle
from speakers.delegations.recognizing import Names
from speakers.entries import calling, correcting, joining, withdrawing
from speakers.models import Delegation, Inscription, Joining
from speakers.order import precedence, replaying
from speakers.publishing import difference, documents, revisions
from speakers.publishing.exports import as_csv, as_pdf, as_text, as_workbook, reading_back
from spelling.listing import listed
from tests.at_once import together
from tests.factories import (
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    make_panel,
    signed_in,
    subject_of,
)

pytestmark = pytest.mark.django_db
CODES = ["AAA", "BBB", "CCC", "DDD"]
NOW = {"by": STAFF, "at": OPEN}


@pytest.fixture
def meeting():
    """Four delegations with focal points; the first alone is on the list."""
    for code in CODES:
        make_focal_point(make_delegation(code))
    return make_meeting()


@pytest.fixture
def entry(meeting):
    return make_inscription(meeting, make_delegation("AAA"))


def ask(entry, *codes, **changes):
    return joining.ask(entry, [Delegation.objects.get(code=code) for code in codes], **{**NOW, **changes})


def join(entry, *codes):
    """The delegations of `codes` are asked in this order, and confirm in the opposite one."""
    asked = ask(entry, *codes)
    for each in reversed(asked):
        joining.join(each, **NOW)
    return asked


def named(entry):
    return Inscription.objects.get(pk=entry.pk).joined


def mails(kind):
    return [(mail.to, subject_of(mail)) for mail in Message.objects.filter(kind=f"speakers.{kind}").order_by("pk")]


def test_who_is_asked_is_mailed_and_not_named_until_it_confirms(meeting, entry):
    [asked, _other] = ask(entry, "CCC", "BBB")
    before = named(entry)

    joining.join(asked, **NOW)

    assert before == []
    assert named(entry) == ["CCC"]
    assert mails("joint_named")[0] == (
        ["ccc@missions.example"],
        "Aaa asks you to join its statement: please confirm or decline",
    )
    assert mails("joint") == [(["aaa@missions.example"], "Ccc joins your statement")]
    assert mails("notice_joint") == [
        (["inscription@office.example"], "List of speakers: joint statement of Aaa, Ccc: joins")
    ]


def test_no_free_text_of_the_one_that_asks_is_mailed_to_the_others(meeting):
    entry = make_inscription(
        meeting, make_delegation("AAA"), speaker_name="Buy cheap", speaker_title="at http://x.example"
    )

    ask(entry, "BBB")

    body = Message.objects.get(kind="speakers.joint_named").body
    assert "Buy cheap" not in body
    assert "x.example" not in body
    assert reverse("speakers:joining", args=["dialogue", Joining.objects.get().public_id]) in body


def test_they_are_named_in_the_order_of_the_entry_not_of_their_answers(meeting, entry):
    join(entry, "DDD", "BBB", "CCC")

    assert named(entry) == ["DDD", "BBB", "CCC"]


def test_one_that_is_named_again_comes_last(meeting, entry):
    [first, _second] = join(entry, "BBB", "CCC")
    joining.take_back(first, **NOW)

    join(entry, "BBB")

    assert named(entry) == ["CCC", "BBB"]


def test_declined_left_or_taken_back_it_is_not_named(meeting, entry):
    declined, left, taken_back = ask(entry, "BBB", "CCC", "DDD")
    joining.decline(declined, **NOW)
    joining.leave(joining.join(left, **NOW), **NOW)
    joining.take_back(joining.join(taken_back, **NOW), **NOW)

    assert named(entry) == []
    assert list(Joining.objects.values_list("state", flat=True)) == ["declined", "left", "taken_back"]


def test_a_delegation_that_joins_may_hold_an_entry_of_its_own_and_place_and_limit_stay(meeting, entry):
    own = make_inscription(meeting, make_delegation("BBB"))
    before = [place.inscription.pk for place in precedence.speaking_order(meeting.speakers_list)]

    join(entry, "BBB")

    assert [place.inscription.pk for place in precedence.speaking_order(meeting.speakers_list)] == before
    assert own.pk in before


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["AAA"], "Aaa makes the statement itself."),
        (["BBB", "BBB"], "Bbb is named already."),
        (["CCC"], "Ccc is named already."),
        (["NOP"], "No focal point of Nop is on record"),
        (["CIV"], "Civ holds no place on this list."),
    ],
)
def test_who_cannot_be_asked_is_refused_in_words_and_no_one_is_asked(meeting, entry, codes, words):
    make_delegation("NOP")
    make_focal_point(make_delegation("CIV", band="civil_society", category="civil_society"))
    ask(entry, "CCC")

    with pytest.raises(joining.JoiningRefused, match=words):
        ask(entry, "DDD", *codes)

    assert Joining.objects.count() == 1


def test_one_delegation_is_not_asked_for_ever_and_not_too_many_at_once(meeting, entry, monkeypatch):
    for _time in range(joining.ASKED_AT_MOST):
        joining.decline(ask(entry, "BBB")[0], **NOW)
    with pytest.raises(joining.JoiningRefused, match="several times"):
        ask(entry, "BBB")

    monkeypatch.setattr(joining, "NAMED_AT_MOST", 1)
    with pytest.raises(joining.JoiningRefused, match="at most 1"):
        ask(entry, "CCC", "DDD")


def test_an_entry_that_waits_to_be_verified_asks_no_one(meeting):
    waiting = make_inscription(meeting, make_delegation("AAA"), is_verified=False)

    with pytest.raises(joining.JoiningRefused, match="holds no place yet"):
        ask(waiting, "BBB")


def test_once_called_no_one_joins_or_leaves(meeting, entry):
    joined, asked = ask(entry, "BBB", "CCC")
    joining.join(joined, **NOW)
    calling.call(entry, meeting.speakers_list, **NOW)

    for act, each in ((joining.join, asked), (joining.leave, joined), (joining.take_back, joined)):
        with pytest.raises(Refusal, match="called to the floor"):
            act(each, **NOW)
    with pytest.raises(Refusal, match="called to the floor"):
        ask(entry, "DDD")
    assert named(entry) == ["BBB"]


def test_an_answer_is_given_once(meeting, entry):
    [asked] = join(entry, "BBB")

    with pytest.raises(joining.JoiningRefused, match=r"This is over: joins\."):
        joining.decline(asked, **NOW)


def test_with_the_entry_its_joint_statement_ends_and_each_is_told(meeting, entry):
    joined, asked, declined = ask(entry, "BBB", "CCC", "DDD")
    joining.join(joined, **NOW)
    joining.decline(declined, **NOW)
    Message.objects.all().delete()

    withdrawing.withdraw(entry, **NOW)

    assert named(entry) == []
    assert list(Joining.objects.values_list("state", flat=True)) == ["ended", "ended", "declined"]
    assert mails("joint_named") == [
        (["bbb@missions.example"], "The joint statement of Aaa was withdrawn"),
        (["ccc@missions.example"], "The joint statement of Aaa was withdrawn"),
    ]
    assert replaying.differences(meeting.speakers_list) == []
    assert asked.pk


def test_each_act_is_journalled_and_told_and_the_list_follows_from_the_journal(meeting, entry):
    asked, declined = ask(entry, "BBB", "CCC")
    joining.join(asked, **NOW)
    joining.decline(declined, **NOW)
    joining.leave(asked, **NOW)

    entries = list(Entry.objects.of_stream(meeting.journal_stream).exclude(act__in=["terms fixed", "inscribed"]))
    names = chronicle.names_of_subjects(entries)
    assert [chronicle.told(each, names) for each in entries] == [
        "Aaa asked Bbb to join its statement",
        "Aaa asked Ccc to join its statement",
        "the delegations that join the statement of Aaa changed",
        "Bbb joined the statement of Aaa",
        "Ccc declined to join the statement of Aaa",
        "the delegations that join the statement of Aaa changed",
        "Bbb left the joint statement of Aaa",
    ]
    assert replaying.differences(meeting.speakers_list) == []
    Inscription.objects.update(joined=["DDD"])
    assert len(replaying.differences(meeting.speakers_list)) == 1


def test_another_list_of_the_meeting_knows_nothing_of_it(meeting, entry):
    panel = make_panel(meeting)
    other = make_inscription(panel.meeting_at_hand, make_delegation("AAA"))

    join(other, "BBB")

    assert (named(entry), named(other)) == ([], ["BBB"])
    assert Entry.objects.filter(act="statement joined").get().stream == panel.journal_stream


def test_the_database_names_a_delegation_once(meeting, entry):
    [asked] = ask(entry, "BBB")
    twin = Joining(
        speakers_list=meeting.speakers_list, inscription=entry, delegation=asked.delegation, position=9, asked_at=OPEN
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


# What is read of it.


def test_the_list_its_files_and_its_revisions_name_them_in_order(meeting, entry):
    make_inscription(meeting, make_delegation("BBB"))
    bare = revisions.rows_to_freeze(meeting.speakers_list, at=OPEN)
    join(entry, "DDD", "BBB", "CCC")

    document = documents.live(meeting.speakers_list, at=OPEN)
    rows = document["speakers"]

    assert [row.get("joined") for row in rows] == [["Ddd", "Bbb", "Ccc"], None]
    assert [str(change) for change in difference.between(bare, rows)] == [
        "Aaa: joined by “Ddd, Bbb and Ccc”, before “–”"
    ]
    assert "1. Aaa (joined by Ddd, Bbb and Ccc) – PR" in as_text.write(document, meeting.speakers_list).decode()
    assert "joined by <bdi>Ddd, Bbb and Ccc</bdi>" in as_pdf.page(document, meeting.speakers_list)
    for write, read_back in ((as_csv.write, reading_back.read_csv), (as_workbook.write, reading_back.read_workbook)):
        assert read_back(write(document, meeting.speakers_list)) == rows


def test_a_joint_statement_costs_one_statement_more_and_without_one_a_list_has_the_rows_it_had(
    meeting, entry, django_assert_num_queries
):
    documents.live(meeting.speakers_list, at=OPEN)  # which reads the sittings
    with django_assert_num_queries(2):
        [row] = documents.live(meeting.speakers_list, at=OPEN)["speakers"]
    join(entry, "BBB", "CCC")
    with django_assert_num_queries(3):
        [joint] = documents.live(meeting.speakers_list, at=OPEN)["speakers"]

    assert "joined" not in row
    assert joint == row | {"joined": ["Bbb", "Ccc"]}


def test_in_the_room_script_screens_and_record_name_them(meeting, entry):
    join(entry, "CCC", "BBB")
    calling.call(entry, meeting.speakers_list, **NOW)
    calling.take_back(entry, meeting.speakers_list, **NOW)

    floor = read(meeting)
    told = record.of(meeting, at=OPEN)

    assert script.lines(floor)[0].announcement == (
        "I now give the floor to Her Excellency Ms. Speaker of Aaa, Permanent Representative of Aaa, who will make a "
        "joint statement with Ccc and Bbb."
    )
    assert state.of_floor(floor, OPEN)["next"][0]["joined"] == ["Ccc", "Bbb"]
    assert told["waiting"][0]["joined"] == ["Ccc", "Bbb"]
    assert tables.others(told).columns["joined"] == "Joined by"
    assert "joined by <bdi>Ccc and Bbb</bdi>" in files.page(told, meeting)


def test_for_a_group_the_moderator_names_group_and_joined(meeting):
    entry = make_inscription(meeting, make_delegation("AAA"), capacity="group", group_name="Group of Friends")
    join(entry, "BBB")

    said = script.lines(read(meeting))[0].announcement

    assert said.endswith(", who will speak on behalf of the Group of Friends, joined by Bbb.")


def test_the_public_pages_show_it(meeting, entry, client):
    join(entry, "CCC", "BBB")

    listed_page = client.get(reverse("speakers:list", args=["dialogue"])).content.decode()
    display = client.get(reverse("floor:display", args=["dialogue"])).content.decode()
    api = client.get("/api/v1/meetings/dialogue/list").json()

    assert "joined by <bdi>Ccc and Bbb</bdi>" in listed_page
    assert "joined by Ccc and Bbb" in display
    assert api["speakers"][0]["joined"] == ["Ccc", "Bbb"]


def test_the_receipt_says_who_joins_and_that_the_place_stays(meeting, entry):
    join(entry, "CCC", "BBB")

    page = signed_in("aaa@missions.example").get(entry.get_absolute_url()).content.decode()

    assert "Joined by Ccc and Bbb. A joint statement has the place of the entry that makes it." in page


# The pages.


def page_of(entry):
    return reverse("speakers:joint", args=["dialogue", entry.public_id])


def press(client, asked, act):
    return client.post(reverse("speakers:joining_answer", args=["dialogue", asked.public_id, act]), follow=True)


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped(OPEN):
        yield


def test_from_the_receipt_names_are_typed_and_each_answers_by_its_own_sign_in(meeting, entry):
    client = signed_in("aaa@missions.example")
    client.post(page_of(entry), {"names": "ccc\nBBB, Ddd"})
    asked, second, third = Joining.objects.order_by("position")

    shown = signed_in("ccc@missions.example").get(reverse("speakers:inscribe", args=["dialogue"])).content.decode()
    joined = press(signed_in("ccc@missions.example"), asked, "join")
    press(signed_in("bbb@missions.example"), second, "decline")

    assert "Aaa asks Ccc to join its statement" in shown
    assert "Ccc joins the statement of Aaa" in joined.content.decode()
    assert named(entry) == ["CCC"]
    assert [each.delegation.code for each in (asked, second, third)] == ["CCC", "BBB", "DDD"]
    assert Entry.objects.get(act="statement joined").payload.actor_name == "ccc@missions.example"


def test_no_other_sign_in_sees_or_answers_it(meeting, entry, client):
    [asked] = ask(entry, "BBB")
    path = asked.get_absolute_url()

    assert client.get(path).url == f"/meetings/dialogue/speakers/sign-in/?back={path}"
    for address in ("aaa@missions.example", "ccc@missions.example", "stranger@elsewhere.example"):
        assert signed_in(address).get(path).status_code == 404
        assert press(signed_in(address), asked, "join").status_code == 404
    assert press(signed_in("bbb@missions.example"), asked, "steal").status_code == 404
    assert signed_in("bbb@missions.example").get(path).status_code == 200
    assert Joining.objects.get().state == "asked"


def test_the_delegation_that_asks_may_take_a_name_back_and_no_other_may(meeting, entry):
    [asked] = join(entry, "BBB")
    path = reverse("speakers:joint_take_back", args=["dialogue", entry.public_id, asked.public_id])

    assert signed_in("bbb@missions.example").post(path).status_code == 404
    done = signed_in("aaa@missions.example").post(path, follow=True)

    assert "It is no longer named, and is being notified." in done.content.decode()
    assert named(entry) == []


def test_staff_confirm_for_a_delegation_that_was_asked_with_a_reason(meeting, entry, admin_client):
    [asked, _other] = ask(entry, "BBB", "CCC")
    path = reverse("admin:speakers_inscription_act", args=[entry.pk, "confirm-name"])

    without = admin_client.post(path, {"name_of": asked.pk, "reason": ""})
    assert (without.status_code, named(entry)) == (200, [])
    admin_client.post(path, {"name_of": asked.pk, "reason": "By letter."})

    assert named(entry) == ["BBB"]
    assert Entry.objects.get(act="statement joined").payload.reason == "By letter."
    assert replaying.differences(meeting.speakers_list) == []
    assert "Bbb</option>" not in admin_client.get(path).content.decode()


def test_staff_take_a_name_off_with_a_reason(meeting, entry, admin_client):
    [asked, _other] = join(entry, "BBB", "CCC")
    path = reverse("admin:speakers_inscription_act", args=[entry.pk, "take-name-off"])

    shown = admin_client.get(path).content.decode()
    admin_client.post(path, {"name_of": asked.pk, "reason": "By telephone."})

    assert "Bbb</option>" in shown
    assert named(entry) == ["CCC"]
    assert Entry.objects.get(act="name taken back").payload.reason == "By telephone."
    assert mails("joint_named")[-1] == (["bbb@missions.example"], "Aaa no longer names you in its joint statement")


@pytest.mark.parametrize(("mark", "found"), [("joint", ["AAA"]), ("video", ["DDD"])])
def test_staff_find_joint_and_recorded_statements_by_their_marks(meeting, entry, admin_client, mark, found):
    join(entry, "BBB")
    make_inscription(meeting, make_delegation("CCC"))
    Inscription.objects.filter(pk=make_inscription(meeting, make_delegation("DDD")).pk).update(is_by_video=True)

    page = admin_client.get(reverse("admin:speakers_inscription_changelist"), {"mark": mark}).content.decode()

    assert [code for code in CODES if f">{code.title()}</a>" in page] == found


def test_an_unknown_name_is_told_and_what_was_typed_stays(meeting, entry):
    answer = signed_in("aaa@missions.example").post(page_of(entry), {"names": "Bbb, Atlantis"})

    assert answer.status_code == 422
    assert "“Atlantis” is not the name of a delegation on record." in answer.content.decode()
    assert "Bbb, Atlantis</textarea>" in answer.content.decode()
    assert not Joining.objects.exists()


def test_a_typed_name_means_one_delegation_or_none():
    delegations = [
        make_delegation(code, name) for code, name in (("NER", "Niger"), ("NGA", "Nigeria"), ("GIN", "Guinea"))
    ]
    names = Names([*delegations, make_delegation("GNQ", "Equatorial Guinea"), make_delegation("PRK", "North Korea")])

    assert [names.code_of(typed) for typed in ("niger", "NGA", "Guinea", "Equatorial", "Nowhere", "")] == [
        *("NER", "NGA", "GIN", "GNQ", None, None),
    ]


def test_names_in_a_row_follow_the_language():
    assert [listed("ABCD"[:number]) for number in range(5)] == ["", "A", "A and B", "A, B and C", "A, B, C and D"]
    with translation.override("fr"):
        assert listed(["Fidji"]) == "Fidji"


# At the same instant.


def confirm_and_withdraw(entry, asked):
    by = Actor("bbb@missions.example", FOCAL_POINT)
    return together(
        lambda: joining.join(asked, by=by, at=OPEN + timedelta(minutes=1)),
        lambda: withdrawing.withdraw(entry, by=STAFF, at=OPEN + timedelta(minutes=1)),
    )


@pytest.mark.django_db(transaction=True)
def test_confirmed_and_withdrawn_at_once_no_one_joins_what_is_gone(meeting, entry):
    [asked] = ask(entry, "BBB")

    ends = confirm_and_withdraw(entry, asked)

    assert ends[1] == "done"
    assert ends[0] == "done" or isinstance(ends[0], joining.JoiningRefused)
    assert Joining.objects.get().state == "ended"
    assert Inscription.objects.get().joined == []
    assert replaying.differences(meeting.speakers_list) == []


@pytest.mark.django_db(transaction=True)
def test_without_looking_again_under_the_lock_it_would_join_what_is_gone(meeting, entry, monkeypatch):
    """The negative control: a confirmation that trusts what it read before the lock."""
    [asked] = ask(entry, "BBB")
    withdrawing.withdraw(entry, **NOW)
    monkeypatch.setattr(joining, "_as_it_is_now", lambda read_before, _speakers_list: read_before)

    joining.join(asked, **NOW)

    assert Joining.objects.get().state == "joined"


def test_what_may_be_corrected_does_not_touch_it(meeting, entry):
    join(entry, "BBB")
    facts = {name: getattr(Inscription.objects.get(), name) for name in correcting.OWN} | {"note": "New."}

    correcting.correct(entry, facts, **NOW)

    assert named(entry) == ["BBB"]
