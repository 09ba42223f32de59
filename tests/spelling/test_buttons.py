"""Which button of a page was pressed."""

import pytest
from django.http import QueryDict

from spelling.buttons import pressed


@pytest.mark.parametrize(
    ("sent", "button"),
    [
        ("act=accept", "accept"),
        ("act=decline", "decline"),
        ("act=other", ""),
        ("act=%00", ""),
        ("accept=1", ""),
        ("", ""),
    ],
)
def test_a_button_is_known_by_its_name_and_anything_else_is_none(sent, button):
    assert pressed(QueryDict(sent), ["accept", "decline"]) == button
