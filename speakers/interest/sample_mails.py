"""The mails of a selection as they would read, before any is sent: one for each kind of outcome.  R-69"""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from speakers.interest.expressing import to_inscription
from speakers.interest.foreseeing import Preview
from speakers.mail import acknowledging, foreseen, interest_notices, notices


def blocks(preview: Preview, *, at: datetime) -> list[dict[str, Any]]:
    """For a page: the mail to the first delegation of each outcome of `preview`, as at the meeting's moment `at`.

    Nothing is stored. The receipt number, the place and the stamps are those of the moment.
    """
    firsts = {(each.kind, each.seat.pk): each for each in reversed(preview.given) if each.seat}
    found = [(each.interest, _text_of_seat(each, at)) for each in firsts.values()]
    found += [(each, interest_notices.text_of_no_seat(each, words="")) for each in preview.told[:1]]
    return [foreseen.block(each.delegation, each.contact_email, text) for each, text in found]


def _text_of_seat(outcome, at):
    """The acknowledgement of the entry that the seat would become."""
    interest, speakers_list = outcome.interest, outcome.seat
    entry = to_inscription(interest, speakers_list)
    entry.take_level(interest.level)
    entry.state, entry.receipt_no = entry.State.STANDING, speakers_list.last_receipt_no + 1
    entry.arrived_at = entry.recorded_at = at
    entry.interest = interest
    context = {"inscription": entry, "place": SimpleNamespace(number=_("(given then)")), "turn": ""}
    name = acknowledging.ACKNOWLEDGEMENT
    to = [interest.contact_email]
    return notices.rendered(name, speakers_list, context, interest.delegation.mail_language, to=to)[1]
