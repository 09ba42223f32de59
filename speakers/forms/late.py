"""The form of a late request: what an inscription asks for, and no receipt.  R-27"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from speakers.forms.inscription import UNVERIFIED_PER_ADDRESS, InscriptionForm
from speakers.models import LateRequest


class LateRequestForm(InscriptionForm):
    """The same fields, sent to an address of their own, so that nothing becomes a late request by itself."""

    button = _("File the late request")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, meeting=meeting, **kwargs)
        self.action = reverse("speakers:file_late_request", args=[meeting.slug])

    def to_late_request(self) -> LateRequest:
        """An unsaved `LateRequest` of the cleaned form."""
        return self.filled(LateRequest)

    def _clean_number(self):
        """An address not on record has a few requests waiting at most; the same form sent again is none more.  R-60"""
        waiting = self.meeting.late_requests.waiting().filter(filed_by_email=self.address)
        if waiting.exclude(idempotency_key=self.idempotency_key()).count() >= UNVERIFIED_PER_ADDRESS:
            words = _("This address has %(number)d late requests waiting, which is the most it may have.")
            self.add_error(None, words % {"number": UNVERIFIED_PER_ADDRESS})
