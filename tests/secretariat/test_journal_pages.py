"""The journal as staff read it: who, what, before, after, why; and whether a chain is whole.  R-57 R-58"""

import pytest
from django.db import connection
from django.urls import reverse

from journal import protection
from journal.models import Entry, Head, Payload
from speakers.entries import withdrawing
from tests import factories
from tests.factories import OPEN, STAFF
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:journal_entry_changelist")


@pytest.fixture
def entry(at_the_desk):
    """The withdrawal of an inscription, as the journal has it."""
    inscription = factories.make_inscription(factories.make_meeting())
    withdrawing.withdraw(inscription, by=STAFF, at=OPEN, reason="By telephone")
    return Entry.objects.latest("pk")


def test_an_act_is_read_with_who_why_before_and_after(reader, entry):
    shown = pages.text(reader.get(reverse("admin:journal_entry_change", args=[entry.pk])))

    for words in ["withdrawn", "officer", "staff", "By telephone", '"state": "standing"', '"state": "withdrawn"']:
        assert words in shown


@pytest.mark.parametrize("query", ["officer", "telephone", "withdrawn", "witness"])
def test_an_act_is_found_by_person_reason_act_or_the_beginning_of_a_witness(reader, entry, query):
    query = entry.hash[:12] if query == "witness" else query

    assert pages.cells(reader.get(f"{PAGE}?q={query}"), "sequence") == ["3"]


def test_a_chain_is_checked_by_opening_it(reader, entry):
    head = Head.objects.get(stream=entry.stream)
    address = reverse("admin:journal_head_change", args=[head.pk])
    whole = pages.text(reader.get(address))
    protection.unprotect(connection)
    Entry.objects.filter(pk=entry.pk).update(act="inscribed")
    protection.protect(connection)

    broken = pages.text(reader.get(address))

    assert "Yes: every entry continues the one before it." in whole
    assert "Yes: every entry" not in broken


def test_what_was_erased_is_shown_as_erased(reader, entry):
    Payload.objects.filter(entry=entry).delete()

    shown = pages.text(reader.get(reverse("admin:journal_entry_change", args=[entry.pk])))

    assert "erased" in shown
    assert "By telephone" not in shown
