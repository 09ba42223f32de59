"""Tables of the record in templates."""

from typing import Any

from django import template

from floor.record.bars import in_minutes
from floor.record.tables import Table

register = template.Library()


@register.filter
def cells(table: Table) -> list[list[Any]]:
    """The rows of a `tables.Table` as lists, in the order of its columns."""
    return [[row[name] for name in table.columns] for row in table.rows]


@register.filter
def as_time(seconds: int) -> str:
    """A number of `seconds` as “12:30”, or “1:02:05”."""
    return in_minutes(seconds)
