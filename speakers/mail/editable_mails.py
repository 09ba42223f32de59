"""The mails to delegations that staff may reword, and what each text may and must say.  R-10 R-60"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ENTRY = ("meeting", "deadline", "delegation", "receipt_number", "speaker", "level", "recorded", "how_to_change")
PLACE = (*ENTRY, "place", "likely_turn")
LATE = ("meeting", "deadline", "delegation")


@dataclass(frozen=True)
class EditableMail:
    """A kind of mail that staff may reword: its purpose, and the placeholders its text may and must hold.

    `app` is the app it belongs to: its shipped text is the template `<app>/mail/<name>.txt`.
    """

    name: str
    label: str | Promise
    allowed: tuple[str, ...]
    required: tuple[str, ...] = ()
    app: str = "speakers"

    @property
    def kind(self) -> str:
        return f"{self.app}.{self.name}"

    @property
    def template(self) -> str:
        return f"{self.app}/mail/{self.name}.txt"


OF_ENTRIES = [
    EditableMail(
        "acknowledgement",
        _("Acknowledgement of an inscription"),
        (*PLACE, "meeting_facts"),
        ("recorded", "place", "how_to_change"),
    ),
    EditableMail("changed", _("Inscription changed or corrected"), (*PLACE, "witness"), ("recorded", "place")),
    EditableMail(
        "former_address",
        _("To an address that was replaced"),
        ("meeting", "deadline", "delegation", "receipt_number", "witness"),
        ("receipt_number",),
    ),
    EditableMail("withdrawn", _("Inscription withdrawn"), (*ENTRY, "witness"), ("recorded",)),
    EditableMail("verified", _("Inscription verified"), PLACE, ("recorded", "place")),
    EditableMail(
        "sitting",
        _("Fixed to a sitting, or no longer"),
        (*PLACE, "sitting", "witness"),
        ("sitting", "place"),
    ),
    EditableMail("refused", _("Inscription refused"), (*ENTRY, "reason"), ("reason",)),
    EditableMail("confirm_speaker", _("Speaker to be confirmed"), ENTRY, ("how_to_change",)),
    EditableMail("swap", _("Each step of a swap"), (*ENTRY, "other_delegation", "swap"), ("swap", "how_to_change")),
    EditableMail("joint", _("Answer of a delegation named in a joint statement"), (*ENTRY, "joint"), ("joint",)),
    EditableMail(
        "joint_named",
        _("To a delegation named in a joint statement"),
        ("meeting", "deadline", "delegation", "joint", "joint_link"),
        ("joint", "joint_link"),
    ),
]
OF_THE_LIST = [
    EditableMail(
        "reminder",
        _("Reminder before the deadline"),
        ("meeting", "deadline", "delegation", "days", "inscribe_link"),
        ("deadline", "inscribe_link"),
    ),
    EditableMail("deadline", _("Deadline changed"), (*ENTRY, "reason"), ("deadline", "reason")),
    EditableMail("established", _("Place on the established list"), (*PLACE, "total"), ("place",)),
    EditableMail("drawn", _("Place after the draw"), (*PLACE, "total", "draw_link"), ("place", "draw_link")),
    EditableMail(
        "order", _("Order of the list changed"), (*PLACE, "total", "order", "reason"), ("order", "place", "reason")
    ),
    EditableMail(
        "terms", _("Terms of the list changed"), (*PLACE, "total", "terms", "reason"), ("terms", "place", "reason")
    ),
    EditableMail(
        "programme",
        _("Programme released"),
        ("meeting", "deadline", "programme_version", "comment", "changes", "programme_link"),
        ("changes", "programme_link"),
    ),
]
AFTER_CLOSING = [
    EditableMail("late_filed", _("Late request received"), (*LATE, "late_request", "request_link"), ("late_request",)),
    EditableMail("late_declined", _("Late request declined"), (*LATE, "reason"), ("reason",)),
    EditableMail(
        "extension", _("Extension granted"), (*LATE, "until", "reason", "inscribe_link"), ("until", "inscribe_link")
    ),
    EditableMail("extension_ended", _("Extension ended"), (*LATE, "reason"), ("reason",)),
]
OF_INTEREST = [
    EditableMail(
        "interest",
        _("Expression of interest recorded or changed"),
        ("meeting", "deadline", "delegation", "interest", "interest_link"),
        ("interest", "interest_link"),
    ),
    EditableMail(
        "interest_withdrawn",
        _("Expression of interest withdrawn"),
        ("meeting", "deadline", "delegation", "interest"),
        ("interest",),
    ),
    EditableMail(
        "interest_deadline",
        _("Expression of interest: deadline changed"),
        ("meeting", "deadline", "delegation", "interest", "interest_link", "reason"),
        ("deadline", "reason"),
    ),
    EditableMail(
        "no_seat", _("Expression of interest: no seat can be given"), ("meeting", "delegation", "interest", "reason")
    ),
]

# The editable mails of this app.
OWN = (*OF_ENTRIES, *OF_THE_LIST, *AFTER_CLOSING, *OF_INTEREST)
# Every editable mail by name. The sign-in code is not one: its wording must keep people from passing the code on.
EDITABLE = {mail.name: mail for mail in OWN}


def add(*mails: Any) -> None:
    """Make `mails` of an app that depends on this one editable too."""
    EDITABLE.update((mail.name, mail) for mail in mails)
