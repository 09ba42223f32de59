"""The placeholders a text of the secretariat may hold in braces, and their values in a mail.  R-60"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialogue import moments
from languages.offered import is_offered
from speakers.chronicle import named


@dataclass(frozen=True)
class Placeholder:
    """A name in braces: its meaning, and how to find its value in the context of a mail."""

    name: str
    meaning: str | Promise
    value: Callable


def is_shipped_in(language: str) -> bool:
    """Are the shipped texts translated into `language`, and does this site offer it?"""
    return is_offered(language)


def _part(name):
    """A part of the shipped mails, as plain text: in the active language if they are shipped in it, never mixed."""

    def told(context):
        language = translation.get_language()
        with translation.override(language if is_shipped_in(language) else settings.LANGUAGE_CODE):
            return render_to_string(f"speakers/mail/{name}.txt", context).strip()

    return told


def _speaker(context):
    entry = context["inscription"]
    name = f"{entry.speaker_prefix} {entry.speaker_name}".strip()
    return name if entry.is_speaker_confirmed else str(_("to be confirmed"))


def _link(name):
    """The address of a page of the meeting."""
    return lambda context: settings.SITE_URL + reverse(name, args=[context["meeting"].slug])


def _list_link(name):
    """The address of a page of the list at hand."""
    return lambda context: settings.SITE_URL + reverse(name, args=context["meeting"].speakers_list.address)


def _lines(context):
    return "\n".join(f"- {line}" for line in context["lines"])


# Every placeholder by name. Other apps add theirs with `add`.
PLACEHOLDERS = {
    placeholder.name: placeholder
    for placeholder in (
        Placeholder("meeting", _("title of the meeting"), lambda context: context["meeting"].speakers_list),
        Placeholder("meeting_facts", _("the meeting with its date, place, officer and telephone"), _part("_meeting")),
        Placeholder("deadline", _("when inscription closes"), lambda context: context["closes"]),
        Placeholder(
            "delegation",
            _("name of the delegation, with the group it speaks for"),
            lambda context: named(context["inscription"]) if "inscription" in context else context["delegation"],
        ),
        Placeholder("receipt_number", _("receipt number"), lambda context: context["inscription"].receipt_no),
        Placeholder("speaker", _("the speaker, or “to be confirmed”"), _speaker),
        Placeholder("level", _("level of representation"), lambda context: context["inscription"].level),
        Placeholder("place", _("place on the list"), lambda context: context["place"].number),
        Placeholder("total", _("number of entries that hold a place"), lambda context: context["total"]),
        Placeholder("likely_turn", _("likely time of the turn"), lambda context: context.get("turn") or "–"),
        Placeholder("reason", _("the reason that was given"), lambda context: context["reason"]),
        Placeholder("days", _("days until the deadline"), lambda context: context["days"]),
        Placeholder("witness", _("witness of the change in the journal"), lambda context: context["witness"]),
        Placeholder("recorded", _("everything that is recorded, with receipt and stamps"), _part("_recorded")),
        Placeholder("sitting", _("to which sitting the entry is fixed, and why, or that it is not"), _part("_sitting")),
        Placeholder("how_to_change", _("how to change or withdraw, with a link"), _part("_how")),
        Placeholder("inscribe_link", _("link to inscribe"), _list_link("speakers:inscribe")),
        Placeholder("other_delegation", _("the other side of the swap"), lambda context: context["other"].delegation),
        Placeholder("swap", _("the state of the swap, and both places now"), _part("_swap")),
        Placeholder("joint", _("who joins whose statement, or not"), _part("_joint")),
        Placeholder(
            "joint_link",
            _("link to what the delegation was asked"),
            lambda context: settings.SITE_URL + context["joining"].get_absolute_url(),
        ),
        Placeholder("interest", _("what is recorded of the expression of interest"), _part("_interest")),
        Placeholder(
            "interest_link",
            _("link to the expression of interest"),
            lambda context: settings.SITE_URL + context["interest"].get_absolute_url(),
        ),
        Placeholder(
            "order",
            _("how the list is ordered now"),
            lambda context: context["meeting"].speakers_list.get_policy_display(),
        ),
        Placeholder(
            "terms",
            _("who may inscribe, in which sittings the list is heard, and its levels"),
            lambda context: context["meeting"].speakers_list.terms_in_words,
        ),
        Placeholder("draw_link", _("link to what the draw rests on"), _list_link("speakers:draw")),
        Placeholder("late_request", _("when it arrived, and that it is not yet an inscription"), _part("_late")),
        Placeholder(
            "request_link",
            _("link to the late request"),
            lambda context: settings.SITE_URL + context["request"].get_absolute_url(),
        ),
        Placeholder(
            "until",
            _("until when the extension holds"),
            lambda context: moments.in_words(context["extension"].until, context["meeting"]),
        ),
        Placeholder("programme_version", _("which version it is"), lambda context: context["version"].label),
        Placeholder("comment", _("what was written about the version"), lambda context: context["version"].comment),
        Placeholder("changes", _("what is new in it, a line each"), _lines),
        Placeholder("programme_link", _("link to the whole programme"), _link("dialogue:programme")),
    )
}


def add(*placeholders: Placeholder) -> None:
    """Let mail texts hold these `placeholders` of an app that depends on this one."""
    PLACEHOLDERS.update((placeholder.name, placeholder) for placeholder in placeholders)


class Values:
    """The values of placeholders in one `context`, each computed when it is asked for."""

    def __init__(self, context):
        self.context = context

    def __getitem__(self, name):
        return PLACEHOLDERS[name].value(self.context)
