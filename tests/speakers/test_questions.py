"""The questions that are put together once answer as their QuerySets do, for each value they are asked with."""

import gc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acts.questions import Question, Slot
from speakers import lists
from speakers.delegations import access
from speakers.entries import inscribing
from speakers.order import precedence
from speakers.views import swaps
from tests import factories

pytestmark = pytest.mark.django_db


def _facts(row):
    """What an object or a tuple holds, with what was read with it; not the moment, which passes."""
    if isinstance(row, tuple):
        return row
    own = {name: value for name, value in vars(row).items() if name not in {"_state", "read_at"}}
    return type(row), own, {name: _facts(each) for name, each in vars(row)["_state"].fields_cache.items() if each}


def _asked(meeting, name):
    """Each question with the values that `meeting` and the delegation of this code give it."""
    delegation = factories.make_delegation(name)
    point = factories.make_focal_point(delegation)
    entry = factories.make_inscription(meeting, delegation, at=factories.OPEN)
    one, address = meeting.speakers_list, point.normalised_email
    return {
        lists.at_address: {"slug": meeting.slug, "list_slug": one.slug},
        access.acting: {"address": address, "on": meeting.starts_on},
        access.entry_at: {"address": address, "meeting": meeting.pk, "public_id": entry.public_id},
        access.entry_on: {"address": address, "speakers_list": one.pk, "public_id": entry.public_id},
        access.filed_on: {"address": address, "speakers_list": one.pk},
        access.late_or_joint_on: {"speakers_list": one.pk},
        inscribing.row_to_lock: {"speakers_list": one.pk, "delegation": name},
        precedence.bare_on: {"speakers_list": one.pk},
        swaps.newest_of: {"speakers_list": one.pk, "entry": entry.pk},
    }


def test_a_question_is_answered_as_its_queryset_is_by_one_statement_for_each_value():
    first = _asked(factories.make_meeting(), "RWA")
    second = _asked(factories.make_meeting("another"), "FRA")
    assert set(first) == {each for each in gc.get_objects() if type(each) is Question}
    for question, values in [*first.items(), *second.items(), *first.items()]:
        with CaptureQueriesContext(connection) as statements:
            found = question.ask(**values)
        assert len(statements) == 1
        assert [_facts(row) for row in found] == [_facts(row) for row in question.build(**values)]
    told = [
        [_facts(row) for row in question.ask(**values)]
        for values in (first, second)
        for question, values in values.items()
    ]
    assert told[0] != told[len(first)]


def test_a_question_is_put_together_once():
    times = []

    @Question
    def lists_at(slug):
        times.append(slug)
        return lists.WITH_HOURS.filter(meeting__slug=slug)

    for slug in ("one", "two", "three"):
        factories.make_meeting(slug)
    assert [lists_at.ask(slug=slug)[0].meeting.slug for slug in ("one", "two", "three")] == ["one", "two", "three"]
    assert len(times) == 1 if connection.vendor == "postgresql" else 3
    assert isinstance(times[0], Slot) or connection.vendor != "postgresql"
