"""The columns of a list in a table, for people and for machines.  R-29 R-30"""

from typing import Any

from django.utils.translation import gettext_noop

COLUMNS = {
    "place": gettext_noop("Place"),
    "delegation": gettext_noop("Delegation"),
    "delegation_code": gettext_noop("Code"),
    "capacity": gettext_noop("Capacity"),
    "group": gettext_noop("Group"),
    "band": gettext_noop("Band"),
    "level": gettext_noop("Level"),
    "receipt_no": gettext_noop("Receipt"),
    "speaker": gettext_noop("Speaker"),
    "sitting": gettext_noop("Sitting"),
    "fixed_sitting": gettext_noop("Fixed to the sitting"),
}
# The columns that a table has only if its list does: speakers are shown, it is divided by sitting.
OPTIONAL = {"speaker", "sitting", "fixed_sitting"}
NUMBERS = {"place", "receipt_no"}


def columns_of(rows: list[dict[str, Any]]) -> list[str]:
    """The names of the columns that `rows` need."""
    return [name for name in COLUMNS if name not in OPTIONAL or any(name in row for row in rows)]
