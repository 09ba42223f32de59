"""Questions that each request asks the database: put together once, asked with other values each time.

Django puts the SQL of a QuerySet together whenever it is asked, which takes longer than the answer of PostgreSQL does.
Decision record 0192.
"""

import inspect
from collections.abc import Callable
from copy import copy
from types import SimpleNamespace
from typing import Any

from django.db import connections
from django.db.models import QuerySet, Value
from django.db.models.query import ModelIterable

import clock


class Slot(Value):
    """Where the value with the name `value` goes in a question."""

    def as_sql(self, *_compiler_and_connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Question:
    """The QuerySet of objects that the function `build` returns, put together when it is asked for the first time.

    `build` gets its values by name. As they are `Slot`s for the first time and for good, it may use them in conditions,
    but neither look at them nor convert them: they are given as the database takes them.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]):
        self.build = build
        self.kept: Kept | None = None

    def ask(self, **values: Any) -> list[Any]:
        """What `list(build(**values))` returns: objects, or tuples if it ends with `values_list` (one statement)."""
        if not clock.is_the_databases():
            return list(self.build(**values))
        if self.kept is None:
            self.kept = Kept(self.build(**{name: Slot(name) for name in inspect.signature(self.build).parameters}))
        return self.kept.ask(values)


class Kept:
    """The SQL of the QuerySet `rows`, with its slots, and how its rows become objects or tuples."""

    def __init__(self, rows: QuerySet[Any]):
        self.database = rows.db
        self.compiler = rows.query.get_compiler(rows.db)
        self.sql, self.parameters = self.compiler.as_sql()
        self.has_tuples = self.compiler.klass_info is None or bool(rows.query.values_select)

    def ask(self, values: dict[str, Any]) -> list[Any]:
        """The objects for these `values`."""
        compiler = copy(self.compiler)
        compiler.connection = connections[self.database]
        parameters = tuple(values[each.value] if isinstance(each, Slot) else each for each in self.parameters)
        compiler.as_sql = lambda *_given, **_named: (self.sql, parameters)
        if self.has_tuples:
            return list(compiler.results_iter(tuple_expected=True))
        query = SimpleNamespace(get_compiler=lambda **_using: compiler)
        rows: Any = SimpleNamespace(db=self.database, query=query, _known_related_objects={})
        return list(ModelIterable(rows))
