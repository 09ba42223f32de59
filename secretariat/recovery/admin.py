"""The restores of the site: what is known of each, and the act by which a lead lets the site go on.  R-76"""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialogue import moments
from dialogue.admin.acting import Act, ActForm, WithActs, reason_field
from journal.actors import Actor
from secretariat.models import Restoration
from secretariat.recovery import letting_go, report


class LetGoForm(ActForm):
    reason = reason_field(help_text=_("What was compared and who was asked. It is kept in the journal."))


def _let_go(restoration: Restoration, typed: dict[str, Any], by: Actor, at: datetime) -> str:
    letting_go.let_go(restoration, by=by, at=at, reason=typed["reason"])
    return _now("The site goes on: what is done on time is mailed again.")


@admin.register(Restoration)
class RestorationAdmin(WithActs):
    """Read by all staff; changed by nothing but the act."""

    actions = None
    list_display = ["__str__", "began", "ended"]
    fieldsets = [(None, {"fields": ["was_recognized", "ended", "told"]})]
    readonly_fields = ["was_recognized", "began", "ended", "told"]
    acts = (
        Act(
            name="let-go",
            label=_("Let the site go on"),
            guidance=_(
                "The banner disappears, and mails that are written on time go out again. Do it once the mails that "
                "were kept back are sent or dropped, and the lists were compared with what people hold."
            ),
            form=LetGoForm,
            perform=_let_go,
            permission="secretariat.let_go",
            is_possible=lambda restoration, _at: restoration.let_go_at is None,
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("gap from"))
    def began(self, restoration: Restoration) -> str:
        return moments.in_utc_words(restoration.gap_from)

    @admin.display(description=_("let go"))
    def ended(self, restoration: Restoration) -> str:
        return moments.in_utc_words(restoration.let_go_at) if restoration.let_go_at else _now("on hold")

    @admin.display(description=_("report"))
    def told(self, restoration: Restoration) -> str:
        lines = ((words,) for words in report.sentences(restoration))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))
