"""Of the rows of a page no more are read than a meeting may have, whatever number a form is said to hold."""

import pytest
from django.contrib import admin

from dialogue.admin.base import MOST_ROWS, Rows
from tests.factories import make_meeting
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
# Instead of hundreds, which take seconds.
FEW = 30
TABLES = ["lists", "sittings", "slots", "contacts", "sections", "documents"]


@pytest.mark.parametrize("table", TABLES)
def test_a_form_that_claims_a_great_many_rows_is_answered_in_words(lead, table, monkeypatch):
    monkeypatch.setattr(Rows, "at_most", FEW)
    monkeypatch.setattr(Rows, "max_num", FEW)
    meeting = make_meeting()
    typed = pages.typed(lead.get(pages.meeting_page(meeting)))

    answer = lead.post(pages.meeting_page(meeting), typed | {f"{table}-TOTAL_FORMS": "32768"})

    formset = next(each.formset for each in answer.context["inline_admin_formsets"] if each.formset.prefix == table)
    assert answer.status_code == 200
    assert len(formset.forms) == (1 if table == "lists" else FEW)
    assert "Please submit at most" in answer.content.decode()


def test_every_table_of_rows_has_a_limit():
    inlines = [inline for each in admin.site._registry.values() for inline in each.inlines]  # noqa: SLF001  Django has no other way

    assert inlines
    assert [inline for inline in inlines if getattr(inline, "at_most", MOST_ROWS + 1) > MOST_ROWS] == []
