"""Terms of a list that are rows of a form: its limits by band and by level, its levels.  R-61 R-65"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speakers.models import Band, Level

# How many empty rows are offered.
EMPTY_ROWS = 4
BANDS = [(code, capfirst(label)) for code, label in Band.choices]


class Rows(forms.Widget):
    """A row for each term, and a few more; its `parts` are a title and a widget each."""

    template_name = "admin/widgets/term_rows.html"
    parts: Mapping[str, tuple[str | Promise, forms.Widget]] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        rows = [*(value or []), *[{}] * EMPTY_ROWS]
        wrong = (
            {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"} if "aria-invalid" in (attrs or {}) else {}
        )
        drawn = [self._drawn(f"{name}-{number}", row, wrong) for number, row in enumerate(rows)]
        return super().get_context(name, None, attrs) | {
            "caption": self.attrs.get("aria-label", ""),
            "rows": drawn,
            "titles": [title for title, _widget in self.parts.values()],
        }

    def _drawn(self, name, row, wrong):
        """The fields of a `row`, as HTML; `wrong` are the attributes that say so and why."""
        return [
            widget.render(f"{name}-{part}", row.get(part, ""), {"aria-label": title, "id": f"id_{name}-{part}"} | wrong)
            for part, (title, widget) in self.parts.items()
        ]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        first = next(iter(self.parts))
        rows: list[dict[str, str]] = []
        while f"{name}-{len(rows)}-{first}" in data:
            rows.append({part: data.get(f"{name}-{len(rows)}-{part}", "").strip() for part in self.parts})
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-{next(iter(self.parts), '')}"


class TermRows(forms.Field):
    """Rows as a list of speakers keeps them; empty ones are left out."""

    widget = Rows
    codes: set[str] = set()

    def offer(self, levels: Iterable[Level]) -> None:
        """Let a row be of one of `levels`."""
        choices = [(level.code, str(level)) for level in levels]
        self.codes = {"", *(code for code, _label in choices)}
        self.widget.parts = self.parts(choices)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The table is called as the field is."""
        return {"aria-label": self.label}

    def parts(self, levels: list[tuple[str, str]]) -> Any:
        """The fields of a row, each with its title."""
        raise NotImplementedError

    def stored(self, row: dict[str, str]) -> dict[str, Any]:
        """A typed `row` as the list keeps it."""
        raise NotImplementedError

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        return [self.stored(row) if self._is_typed(row) else row for row in value or [] if any(row.values())]

    def _is_typed(self, row):
        return row.keys() == self.widget.parts.keys() and all(isinstance(each, str) for each in row.values())


class LimitRows(TermRows):
    """Limits: rows of `band`, `level` and `seconds`.  R-65"""

    def parts(self, levels: list[tuple[str, str]]) -> Any:
        return {
            "band": (gettext_lazy("Band"), forms.Select(choices=[("", _("any band")), *BANDS])),
            "level": (gettext_lazy("Level"), forms.Select(choices=[("", _("any level")), *levels])),
            "limit": (gettext_lazy("Limit"), forms.TextInput({"size": 8, "autocomplete": "off"})),
        }

    def prepare_value(self, value: Any) -> Any:
        """Limits as the other limits of the page are written: “0:02:30”."""
        return [row if "limit" in row else row | {"limit": _written(row["seconds"])} for row in value or []]

    def stored(self, row: dict[str, str]) -> dict[str, Any]:
        if row["band"] not in ["", *Band.values] or row["level"] not in self.codes:
            raise ValidationError(_("Choose a band and a level that are offered."))
        missing = {"required": _("Write how long each may speak.")}
        limit = forms.DurationField(error_messages=missing).clean(row["limit"])
        if limit.microseconds:
            raise ValidationError(_("Write a limit in whole seconds."))
        return {"band": row["band"], "level": row["level"], "seconds": int(limit.total_seconds())}


class LevelRows(TermRows):
    """Levels: rows of `code` and `class`.  R-19 R-61"""

    def parts(self, levels: list[tuple[str, str]]) -> Any:
        return {
            "code": (gettext_lazy("Level"), forms.Select(choices=[("", "–"), *levels])),
            "class": (gettext_lazy("Class"), forms.NumberInput({"min": 1, "autocomplete": "off"})),
        }

    def stored(self, row: dict[str, str]) -> dict[str, Any]:
        if not row["code"] or row["code"] not in self.codes:
            raise ValidationError(_("Choose a level that is offered."))
        missing = {"required": _("Write the class of each level.")}
        return {"code": row["code"], "class": forms.IntegerField(error_messages=missing).clean(row["class"])}


def _written(seconds):
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
