"""The journal, to be read and searched. No page changes or deletes a row, and the database refuses it too.  R-58"""

import json

from django.contrib import admin
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from journal import chain
from journal.models import Entry, Head, Payload
from spelling.listing import in_sentences
from spelling.searching import Folded


class ReadOnly(Folded, admin.ModelAdmin):
    """Staff read this page and change nothing on it."""

    actions = None
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | Head | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | Head | None = None) -> bool:
        return False


class EntryAdmin(ReadOnly):
    """One act: who, as what, what, before, after, why. Erased personal data are shown as erased (R-57).

    The page that tells acts in sentences knows whom they are about: `speakers/admin/journal.py`, which registers it.
    """

    list_select_related = ["payload"]
    ordering = ["-pk"]
    sortable_by = []
    search_fields = ["subject", "act", "hash__startswith", "payload__actor_name", "payload__reason"]
    search_help_text = _("Act, subject, person, reason, or the beginning of a witness.")
    fieldsets = [
        (None, {"fields": ["stream", "sequence", "at_utc", "act", "subject", "who", "actor_role", "reason"]}),
        (_("What changed"), {"fields": ["before", "after"]}),
        (_("Chain"), {"fields": ["payload_digest", "previous_hash", "hash"]}),
    ]
    readonly_fields = ["at_utc", "who", "reason", "before", "after"]

    @admin.display(description=_("at"))
    def at_utc(self, entry: Entry) -> str:
        """The moment in UTC: an entry may belong to a meeting in any zone, or to none."""
        return f"{entry.at:%Y-%m-%d %H:%M:%S} UTC"

    @admin.display(description=_("who"))
    def who(self, entry: Entry) -> str | Promise:
        return _kept(entry, "actor_name")

    @admin.display(description=_("reason"))
    def reason(self, entry: Entry) -> str | Promise:
        return _kept(entry, "reason") or "–"

    @admin.display(description=_("before"))
    def before(self, entry: Entry) -> str:
        return _as_text(_kept(entry, "before"))

    @admin.display(description=_("after"))
    def after(self, entry: Entry) -> str:
        return _as_text(_kept(entry, "after"))


@admin.register(Head)
class HeadAdmin(ReadOnly):
    """Each chain, and whether it is intact: opening a chain checks every entry of it."""

    list_display = ["stream", "sequence", "hash"]
    search_fields = ["stream"]
    fieldsets = [(None, {"fields": ["stream", "sequence", "hash", "status"]})]
    readonly_fields = ["status"]

    @admin.display(description=_("is the chain intact?"))
    def status(self, head: Head) -> str | Promise:
        return in_sentences(chain.problems(head.stream)) or _("Yes: every entry continues the one before it.")


def _kept(entry, name):
    """A field of the payload, or a word that says that the payload is erased."""
    try:
        return getattr(entry.payload, name)
    except Payload.DoesNotExist:
        return _("erased")


def _as_text(value):
    """A value of the payload, formatted for reading."""
    if value in (None, {}, ""):
        return "–"
    return format_html("<pre>{}</pre>", json.dumps(value, indent=2, ensure_ascii=False, default=str))
