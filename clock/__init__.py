"""The one clock.  R-03"""

from clock.reading import (
    as_expression,
    host_ahead,
    is_the_databases,
    no_earlier,
    now,
    read_with,
    read_with_row,
    stopped,
)

__all__ = [
    "as_expression",
    "host_ahead",
    "is_the_databases",
    "no_earlier",
    "now",
    "read_with",
    "read_with_row",
    "stopped",
]
