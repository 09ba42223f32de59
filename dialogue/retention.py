"""The personal data of a meeting. Nearly all are printed in its note and programme; addresses are not.  R-57"""

from django.utils.translation import gettext_lazy as _

from dialogue.models import ProgrammePerson
from retention import Place, erased, kept

PUBLIC = "public: the note or the programme of the meeting says it"
NOT_PERSONAL = "says nothing of persons"

FIELDS = {
    "dialogue.Meeting": {
        **kept(PUBLIC, "title", "theme", "convened_by", "invitation", "venue"),
        **kept(PUBLIC, "letter_from", "letter_salutation", "letter_closing", "letter_signature", "letter_addressees"),
        **kept(NOT_PERSONAL, "slug", "time_zone", "hears"),
    },
    "dialogue.Contact": {
        **kept(PUBLIC, "name", "office", "email", "telephone"),
        **kept(NOT_PERSONAL, "told_up_to"),
    },
    "dialogue.Document": kept(PUBLIC, "symbol", "title", "link"),
    "dialogue.DocumentFile": kept(PUBLIC, "sha256", "content"),
    "dialogue.Band": {},
    "dialogue.MailText": kept(
        "written by the office, with placeholders for persons", "kind", "language", "subject", "body"
    ),
    "dialogue.Section": kept(PUBLIC, "heading", "text", "footnotes"),
    "dialogue.Sitting": kept(PUBLIC, "place", "sign_language", "captions"),
    "dialogue.ProgrammeSlot": {**kept(PUBLIC, "title", "place"), **kept(NOT_PERSONAL, "list_slug")},
    "dialogue.ProgrammePerson": {**kept(PUBLIC, "name", "role", "note"), **erased("email")},
    "dialogue.ProgrammeVersion": kept(PUBLIC, "comment", "content", "previous_sha256", "sha256"),
}


def _addresses(meeting):
    return ProgrammePerson.objects.filter(slot__meeting=meeting).exclude(email="")


PLACES = [
    Place(
        _("addresses of persons on the programme"),
        left=lambda meeting: _addresses(meeting).count(),
        erase=lambda meeting, _at: _addresses(meeting).update(email=""),
    )
]
