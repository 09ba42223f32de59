"""The text of mail to delegations: the shipped template, or the secretariat's text for one meeting.  R-10 R-60

The secretariat's text is plain, in one language, and holds only the placeholders of its kind, among them those that the
mail must have (R-10). The kinds of mail are in `editable_mails.py`, the placeholders in `placeholders.py`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from dialogue import placeholders
from dialogue.models import MailText, Meeting
from journal import recording
from journal.actors import Actor
from languages import remembering
from speakers.mail.editable_mails import EDITABLE
from speakers.mail.placeholders import Values, is_shipped_in


class TextRefused(Refusal):
    """The text cannot be used; the message says what to write instead."""


def language_of(name: str, meeting: Meeting, wanted: str, to: Iterable[str] = ()) -> str:
    """The language in which the mail `name` of `meeting` is written to the addresses `to`.

    The one chosen under the first of them under which one was; else the `wanted` one, if the meeting has its own text
    in it or the shipped texts are translated into it; otherwise English. No mail mixes two languages.
    """
    if chosen := remembering.language_of(*to):
        return chosen
    has_own = name in EDITABLE and (EDITABLE[name].kind, wanted) in meeting.own_mail_texts
    return wanted if has_own or is_shipped_in(wanted) else settings.LANGUAGE_CODE


def words(
    name: str, meeting: Meeting, context: dict[str, Any], *, language: str = settings.LANGUAGE_CODE
) -> tuple[str, str]:
    """Subject and text of the mail `name` in `context`: the meeting's own text, or the shipped one.

    `language` is the active one. An entry without a place gets the shipped text if the meeting's own would have to
    name a place.
    """
    mail = EDITABLE.get(name)
    own = meeting.own_mail_texts.get((mail.kind, language)) if mail else None
    if mail is None or own is None or ("place" in mail.allowed and context.get("place") is None):
        return shipped(mail.template if mail else f"speakers/mail/{name}.txt", context)
    return fill(own.subject, own.body, context)


def shipped(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of a mail as its `template` has them; the first line is the subject."""
    subject, _line, body = render_to_string(template, context).lstrip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def fill(subject: str, body: str, context: dict[str, Any]) -> tuple[str, str]:
    """`subject` and `body` with their placeholders filled from `context`."""
    values = Values(context)
    return placeholders.filled(subject, values).strip(), placeholders.filled(body, values).strip() + "\n"


def require_placeholders(subject: str, body: str, *, allowed: tuple[str, ...], required: tuple[str, ...] = ()) -> None:
    """Raise `TextRefused` if a text holds a placeholder that is not `allowed`, or lacks one that is `required`."""
    for field, text in (("subject", subject), ("body", body)):
        if unknown := sorted(placeholders.used(text) - set(allowed)):
            raise TextRefused(_("Unknown here: %(names)s.") % {"names": _in_braces(unknown)}, field)
    if missing := [name for name in required if name not in placeholders.used(body)]:
        raise TextRefused(_("This mail needs more: add %(names)s.") % {"names": _in_braces(missing)}, "body")


def save_text(
    meeting: Meeting,
    name: str,
    *,
    language: str = settings.LANGUAGE_CODE,
    subject: str,
    body: str,
    by: Actor,
    at: datetime,
) -> MailText:
    """Use this `subject` and `body` for the mail `name` of `meeting` in `language` from now on.  R-60

    Mails already written keep their text. Journals. Raises `TextRefused`.
    """
    mail = EDITABLE[name]
    require_placeholders(subject, body, allowed=mail.allowed, required=mail.required)
    return _store(meeting, mail, language, {"subject": subject, "body": body, "is_active": True}, by=by, at=at)


def use_shipped_text(
    meeting: Meeting, name: str, *, language: str = settings.LANGUAGE_CODE, by: Actor, at: datetime
) -> MailText:
    """Use the shipped text for the mail `name` of `meeting` again in `language`; the replaced one is kept. Journals."""
    return _store(meeting, EDITABLE[name], language, {"is_active": False}, by=by, at=at)


def _store(meeting, mail, language, changes, *, by, at):
    with locked(meeting) as meeting:
        which = {"meeting": meeting, "kind": mail.kind, "language": language}
        text = MailText.objects.filter(**which).first() or MailText(**which, is_active=False)
        before = {name: getattr(text, name) for name in changes}
        if before == changes:
            return text
        for name, value in changes.items():
            setattr(text, name, value)
        text.save()
        recording.record(
            "mail text changed",
            stream=meeting.journal_stream,
            subject=f"mail-text/{mail.kind}/{language}",
            by=by,
            at=at,
            before=before,
            after=changes,
        )
        return text


def _in_braces(names):
    return get_text_list([f"{{{name}}}" for name in names], _("and"))
