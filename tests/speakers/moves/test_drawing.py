"""The draw at the opening: commitment, public value, secret; recomputed from public values alone.  R-21"""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

import clock
from acts.refusals import Refusal
from journal import chain
from journal.models import Entry
from outbox.models import Message
from speakers import recomputing
from speakers.entries import changing
from speakers.models import Draw, Inscription, Revision
from speakers.moves import drawing
from tests.factories import (
    DEADLINE,
    STAFF,
    make_delegation,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
OPENS = datetime(2016, 8, 22, 13, 0, tzinfo=UTC)
WINDOW = 10 * MINUTE
AFTER = OPENS + WINDOW + MINUTE


@pytest.fixture
def meeting():
    return make_meeting(policy="opening_window")


def commit(meeting, **changes):
    facts = {"window": WINDOW, "beacon": "The beacon of 22 August 2016, 14:00 UTC", "by": STAFF, "at": OPENS - MINUTE}
    return drawing.commit(meeting.speakers_list, **facts | changes)


def enter_beacon(meeting, value="3f9a", *, at=AFTER):
    return drawing.enter_beacon(meeting.speakers_list, value=value, source="https://beacon.example/22", by=STAFF, at=at)


def hold(meeting, *, at=AFTER):
    return drawing.hold(meeting.speakers_list, by=STAFF, at=at)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def drawn(meeting):
    """Three received in the window in the order of their letters, one after it; the draw held."""
    commit(meeting)
    for minute, code in enumerate(["AAA", "BBB", "CCC"]):
        make_inscription(meeting, make_delegation(code), at=OPENS + minute * MINUTE)
    make_inscription(meeting, make_delegation("DDD"), at=OPENS + WINDOW)
    enter_beacon(meeting)
    return hold(meeting)


def test_the_order_is_that_of_the_hashes_and_not_of_arrival_and_later_ones_follow(meeting, drawn):
    by_hash = sorted(["AAA", "BBB", "CCC"], key=lambda code: sha256(drawn.seed + code))

    assert order_of(meeting) == [*by_hash, "DDD"]


def test_seed_and_commitment_follow_from_the_secret_and_the_public_value(drawn):
    assert drawn.commitment == sha256(drawn.secret)
    assert drawn.seed == sha256(drawn.secret + "3f9a")


def test_until_the_draw_the_secret_is_nowhere_in_the_database(meeting):
    draw = commit(meeting)
    enter_beacon(meeting)
    secret = hold(meeting).secret

    stored = json.dumps([draw.nonce, draw.secret, draw.seed, recomputing.public_values(draw)])
    kept = Entry.objects.exclude(act="draw held").select_related("payload")
    journalled = json.dumps([[entry.payload.before, entry.payload.after] for entry in kept])
    assert secret not in stored + journalled


def test_the_draw_is_journalled_step_by_step_and_the_chain_stays_whole(meeting, drawn):
    acts = Entry.objects.about(f"draw/{drawn.public_id}").values_list("act", flat=True)

    assert list(acts) == ["draw committed to", "beacon entered", "draw held"]
    assert chain.problems(meeting.journal_stream) == []


def test_every_delegation_on_the_list_is_mailed_its_place_and_where_to_recompute_it(drawn):
    mails = Message.objects.filter(kind="speakers.drawn")

    assert mails.count() == 4
    assert all("/meetings/dialogue/speakers/draw/" in mail.body for mail in mails)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"at": OPENS}, "The list has opened"),
        ({"window": timedelta(seconds=30)}, "from one minute to one day"),
        ({"window": timedelta(days=2)}, "from one minute to one day"),
        ({"beacon": " "}, "Name the public value"),
    ],
)
def test_a_commitment_comes_before_the_opening_and_says_everything(meeting, changes, words):
    with pytest.raises(Refusal, match=words):
        commit(meeting, **changes)

    assert not Draw.objects.exists()


def test_a_commitment_stays(meeting):
    commit(meeting)

    with pytest.raises(Refusal, match="already been published and cannot be changed"):
        commit(meeting)


def test_a_list_with_another_order_commits_to_nothing():
    with pytest.raises(Refusal, match="not decided by a draw"):
        commit(make_meeting())


def test_the_public_value_is_entered_after_the_window_and_after_those_who_waited_for_the_lock(meeting):
    commit(meeting)

    with pytest.raises(Refusal, match="after the window"):
        enter_beacon(meeting, at=OPENS + WINDOW + timedelta(seconds=9))
    entered = enter_beacon(meeting, at=OPENS + WINDOW + timedelta(seconds=10))

    assert entered.beacon == "3f9a"


def test_a_typing_error_in_the_public_value_is_corrected_until_the_draw_and_never_after(meeting):
    commit(meeting)
    enter_beacon(meeting, "wrong")
    enter_beacon(meeting, "right")

    drawn = hold(meeting)

    assert drawn.seed == sha256(drawn.secret + "right")
    with pytest.raises(Refusal, match="public value can no longer be changed"):
        enter_beacon(meeting, "later")
    assert Entry.objects.filter(act="beacon entered").count() == 2


def test_a_draw_needs_its_commitment_and_its_public_value_and_is_held_once(meeting):
    with pytest.raises(Refusal, match="No commitment was published"):
        hold(meeting)
    commit(meeting)
    with pytest.raises(Refusal, match="First enter the public value"):
        hold(meeting)
    enter_beacon(meeting)
    hold(meeting)
    with pytest.raises(Refusal, match="already been held"):
        hold(meeting)


def test_a_secret_is_recovered_with_a_former_key_of_the_site_and_not_without(meeting, settings):
    commit(meeting)
    enter_beacon(meeting)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a new key of this site"

    with pytest.raises(Refusal, match="the site’s key was replaced"):
        hold(meeting)
    settings.SECRET_KEY_FALLBACKS = [former]

    assert hold(meeting).is_drawn


def test_an_entry_that_has_changed_class_is_not_drawn_and_stands_at_the_end_of_the_class(meeting):
    commit(meeting)
    for code, level in [("AAA", "MFA"), ("BBB", "PR"), ("CCC", "PR")]:
        make_inscription(meeting, make_delegation(code), level, at=OPENS)
    moved = Inscription.objects.get(delegation__code="AAA")
    changing.change_level(moved, level=make_level("PR"), title="", by=STAFF, at=OPENS + MINUTE)
    enter_beacon(meeting)

    drawn = hold(meeting)

    assert order_of(meeting) == [*recomputing.in_order(drawn.seed, ["BBB", "CCC"]), "AAA"]


def test_a_draw_after_the_list_was_established_is_published_as_a_revision(meeting):
    commit(meeting)
    make_inscription(meeting, make_delegation("AAA"), at=OPENS)
    enter_beacon(meeting)
    meeting.refresh_from_db()
    meeting.speakers_list.closed_at = DEADLINE
    meeting.speakers_list.save()

    hold(meeting, at=DEADLINE + MINUTE)

    assert Revision.objects.get().kind == "published"


def test_the_database_refuses_a_second_draw_of_a_kind(drawn):
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.create(
            speakers_list=drawn.speakers_list, kind="opening_window", window=WINDOW, commitment="0", committed_at=OPENS
        )


def published(client, at):
    """The draw as the site publishes it at the moment `at`."""
    with clock.stopped(at):
        return json.loads(client.get("/meetings/dialogue/speakers/draw.json").content)


def verify(tmp_path, content, **options):
    """The output of `manage.py verify_draw` for `content`."""
    path, out = tmp_path / "draw.json", StringIO()
    path.write_text(json.dumps(content))
    call_command("verify_draw", str(path), stdout=out, **options)
    return out.getvalue()


def test_a_published_draw_is_recomputed_from_its_public_values_alone(
    client, tmp_path, drawn, django_assert_num_queries
):
    content = published(client, AFTER)

    with django_assert_num_queries(0):
        said = verify(tmp_path, content, commitment=drawn.commitment, code="DDD")

    assert "The secret is the one committed to" in said
    assert f"The lot of DDD is {sha256(drawn.seed + 'DDD')}" in said
    assert [line.split()[1] for line in said.splitlines() if ". " in line[:6]] == [
        row["code"] for row in drawn.delegations
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"secret": "another"}, "not the one that was committed to"),
        ({"beacon": "another"}, "does not follow from the secret"),
        ({"seed": "another"}, "does not follow from the secret"),
        ({"format": "else"}, "not a draw in the format"),
        ({"seed": ""}, "Nothing has been drawn yet"),
        ({"delegations": None}, "not a published draw"),
    ],
)
def test_any_change_to_a_published_draw_is_found(client, tmp_path, drawn, change, words):
    with pytest.raises(CommandError, match=words):
        verify(tmp_path, published(client, AFTER) | change)


def test_delegations_put_into_another_order_are_found(client, tmp_path, drawn):
    content = published(client, AFTER)
    content["delegations"].reverse()

    with pytest.raises(CommandError, match="order of their lots"):
        verify(tmp_path, content)


def test_a_commitment_noted_before_finds_another_published_later(client, tmp_path, drawn):
    with pytest.raises(CommandError, match="not the one you noted"):
        verify(tmp_path, published(client, AFTER), commitment="0" * 64)


def test_a_file_that_is_not_json_is_reported_in_words(tmp_path):
    path = tmp_path / "draw.json"
    path.write_text("<html>")

    with pytest.raises(CommandError, match="is not a published draw: it is not JSON"):
        call_command("verify_draw", str(path))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_draw", str(tmp_path / "missing"))


def test_recorded_lots_are_recomputed_too(client, tmp_path):
    meeting = make_meeting(policy="lots")
    make_inscription(meeting, make_delegation("AAA"))
    draw = drawing.draw_lots(meeting.speakers_list, by=STAFF, at=DEADLINE)

    assert f"The recorded seed is {draw.seed}" in verify(tmp_path, published(client, DEADLINE))


def test_the_page_of_the_draw_tells_each_stage(client, meeting):
    def page():
        return client.get("/meetings/dialogue/speakers/draw/").content.decode()

    assert "No commitment has been published yet" in page()
    draw = commit(meeting)
    assert draw.commitment in page()
    assert "It is revealed when the draw is held" in page()
    make_inscription(meeting, make_delegation("AAA"), at=OPENS)
    enter_beacon(meeting)
    assert "3f9a" in page()
    secret = hold(meeting).secret
    assert f"printf &#x27;%s&#x27; {secret}" in page() or f"printf '%s' {secret}" in page()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_the_draw_costs_the_same_for_any_number(client, meeting, number, django_assert_num_queries):
    commit(meeting)
    for code in ["AAA", "BBB", "CCC"][:number]:
        make_inscription(meeting, make_delegation(code), at=OPENS)
    enter_beacon(meeting)
    hold(meeting)

    with django_assert_num_queries(2):
        client.get("/meetings/dialogue/speakers/draw/")


def test_an_entry_not_verified_by_then_is_drawn_but_not_published(client, meeting):
    commit(meeting)
    make_inscription(meeting, make_delegation("AAA"), at=OPENS, is_verified=False)
    enter_beacon(meeting)
    drawn = hold(meeting)

    assert Inscription.objects.get().lot == sha256(drawn.seed + "AAA")
    assert "AAA" not in json.dumps(published(client, AFTER))


def test_a_list_without_a_draw_has_no_page_of_one(client):
    make_meeting()

    assert client.get("/meetings/dialogue/speakers/draw/").status_code == 404
    assert client.get("/meetings/dialogue/speakers/draw.json").status_code == 404


@pytest.mark.parametrize(
    ("value", "source", "field"), [(" ", "https://beacon.example/22", "value"), ("3f9a", "", "source")]
)
def test_the_public_value_is_entered_with_a_place_where_anyone_can_read_it(meeting, value, source, field):
    commit(meeting)

    with pytest.raises(Refusal, match="where anyone can read it") as refusal:
        drawing.enter_beacon(meeting.speakers_list, value=value, source=source, by=STAFF, at=AFTER)

    assert (refusal.value.field, Draw.objects.get().beacon) == (field, "")


def test_a_window_longer_than_the_list_is_open_is_refused():
    meeting = make_meeting(policy="opening_window", closes_at=OPENS + WINDOW - MINUTE)

    with pytest.raises(Refusal, match="must end before the list closes") as refusal:
        commit(meeting)

    assert (refusal.value.field, Draw.objects.exists()) == ("window", False)
