"""The limits of a list by band and by level, as rows of a form.  R-65"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speakers.models import Band, Level

# How many rows without a limit are offered.
EMPTY_ROWS = 2
BANDS = [(code, capfirst(label)) for code, label in Band.choices]
PARTS = {"band": gettext_lazy("Band"), "level": gettext_lazy("Level"), "limit": gettext_lazy("Limit")}


class Rows(forms.Widget):
    """A row for each limit, and two more: which band, which level, how long."""

    template_name = "admin/widgets/limit_rows.html"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.levels: list[tuple[str, str]] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        rows = [*(value or []), *[{}] * EMPTY_ROWS]
        drawn = [self._drawn(f"{name}-{number}", row) for number, row in enumerate(rows)]
        return super().get_context(name, None, attrs) | {"rows": drawn, "titles": list(PARTS.values())}

    def _drawn(self, name, row):
        """The three fields of a `row`, as HTML."""
        any_band, any_level = ("", _("any band")), ("", _("any level"))
        widgets: dict[str, Any] = {
            "band": forms.Select(choices=[any_band, *BANDS]),
            "level": forms.Select(choices=[any_level, *self.levels]),
            "limit": forms.TextInput({"size": 8, "autocomplete": "off"}),
        }
        return [
            widget.render(f"{name}-{part}", row.get(part, ""), {"aria-label": PARTS[part], "id": f"id_{name}-{part}"})
            for part, widget in widgets.items()
        ]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        rows = []
        while f"{name}-{len(rows)}-limit" in data:
            rows.append({part: data.get(f"{name}-{len(rows)}-{part}", "").strip() for part in PARTS})
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-0-limit" not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-band"


class LimitRows(forms.Field):
    """Rows of `band`, `level` and `seconds`, as a list of speakers keeps them; empty ones are left out."""

    widget = Rows

    def offer(self, levels: Iterable[Level]) -> None:
        """Let a row be of one of `levels`."""
        self.widget.levels = [(level.code, str(level)) for level in levels]

    def prepare_value(self, value: Any) -> Any:
        """Limits as the other limits of the page are written: “0:02:30”."""
        return [row if "limit" in row else row | {"limit": _written(row["seconds"])} for row in value or []]

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        return [row if "seconds" in row else self._row(row) for row in value or [] if any(row.values())]

    def _row(self, row):
        if row["band"] not in ["", *Band.values] or row["level"] not in ["", *(code for code, _ in self.widget.levels)]:
            raise ValidationError(_("Choose a band and a level that are offered."))
        missing = {"required": _("Write how long each may speak.")}
        limit = forms.DurationField(error_messages=missing).clean(row["limit"])
        if limit.microseconds:
            raise ValidationError(_("Write a limit in whole seconds."))
        return {"band": row["band"], "level": row["level"], "seconds": int(limit.total_seconds())}


def _written(seconds):
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
