"""The text of a voucher, by default in the language of the request, for the page, the PDF and the mail.  R-51"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import segno

from dialogue.models import Contact
from registration.mail.voucher_words import Words
from registration.models import Voucher
from registration.models.representative import State


@dataclass(frozen=True)
class VoucherText:
    """The `words` in the person's language, the `voucher`, and its facts in those words. `questions` may be empty."""

    words: Words
    voucher: Voucher
    name: str
    organization: str
    meeting: str
    begins: str
    venue: str
    place: str
    period: str
    questions: str
    is_rehearsal: bool

    @property
    def ended(self) -> dict[str, str] | None:
        """Why it can no longer be exchanged, as a title and a sentence; None while it can.  R-54"""
        voucher, person = self.voucher, self.voucher.representative
        if not voucher.is_good or person.has_ended:
            return self._ended("revoked", voucher.revoked_at or person.state_since)
        if person.state == State.HANDED_OVER:
            return self._ended("exchanged", person.state_since)
        return None

    @property
    def code(self) -> str:
        """The QR code as inline SVG. It holds the random code and nothing else.  R-54"""
        drawn = segno.make_qr(self.voucher.code, error="q")
        return drawn.svg_inline(border=4, light="#fff", omitsize=True, lineclass=None, svgclass=None)

    def _ended(self, name, at):
        sentence = self.words.say(name, moment=self.words.moment(at, self.voucher.representative.meeting))
        return {"title": self.words[f"{name}_title"], "sentence": sentence}


def of(voucher: Voucher, *, office: Contact | None, language: str = "") -> VoucherText:
    """The `VoucherText` of `voucher`; fetch its representative with request, organization and the meeting's terms.

    `office` is the contact for questions, or None; `language` is another one than that of the request.
    """
    person = voucher.representative
    meeting, request = person.meeting, person.request
    terms, words = meeting.ticketing, Words(language or request.language)
    start, end = terms.hand_over_from, terms.hand_over_until
    return VoucherText(
        words=words,
        voucher=voucher,
        name=person.name_for_security,
        organization=str(request.organization),
        meeting=words.local(meeting.title),
        begins=words.moment(meeting.starts_at, meeting),
        venue=words.local(meeting.venue),
        place=words.local(terms.hand_over_place) or words["told_later"],
        period=words.period(start, cast(datetime, end), meeting) if start else "",
        questions=words.say("questions", name=office.name, email=office.email) if office else "",
        is_rehearsal=meeting.is_rehearsal,
    )
