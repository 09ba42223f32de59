"""The form of a late request: the questions of an inscription, but without a receipt.  R-27"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from speakers.forms.inscription import UNVERIFIED_PER_ADDRESS, InscriptionForm
from speakers.models import LateRequest


class LateRequestForm(InscriptionForm):
    """The fields of an inscription, sent to a separate address, so that nothing becomes a late request by accident."""

    button = _("File the late request")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, meeting=meeting, **kwargs)
        self.action = reverse("speakers:file_late_request", args=meeting.speakers_list.address)

    def to_late_request(self) -> LateRequest:
        """An unsaved `LateRequest` with the cleaned values."""
        return self.filled(LateRequest)

    def _clean_number(self):
        """An address not on record may have a few requests waiting; a form sent again does not count twice.  R-60"""
        waiting = self.meeting.speakers_list.late_requests.waiting().filter(filed_by_email=self.address)
        if waiting.exclude(idempotency_key=self.idempotency_key()).count() >= UNVERIFIED_PER_ADDRESS:
            words = ngettext(
                "This address already has %(number)d late request waiting, the most allowed.",
                "This address already has %(number)d late requests waiting, the most allowed.",
                UNVERIFIED_PER_ADDRESS,
            )
            self.add_error(None, words % {"number": UNVERIFIED_PER_ADDRESS})
