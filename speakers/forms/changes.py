"""The forms that change an entry: another speaker, another level, a correction.  R-23 R-24 R-67"""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from django.utils.translation import gettext_lazy as _

from speakers.forms.choices import OneOf
from speakers.forms.confirming import Confirming
from speakers.forms.contact import ContactFields
from speakers.forms.delivery import DeliveryFields
from speakers.forms.layout import Layout, Part, helper
from speakers.forms.recording import RecordingFields
from speakers.forms.speaker import SpeakerFields, initial_speaker
from speakers.forms.statement import StatementFields
from speakers.models import Inscription, Level
from spelling.typed import Line


class SpeakerForm(SpeakerFields):
    """Who speaks for the entry `inscription`.  R-24"""

    use_required_attribute = False
    is_for_the_record = True
    heading = _("Change the speaker")
    effect = _("The place on the list stays as it is.")

    def __init__(self, *args, inscription, **kwargs):
        super().__init__(*args, **kwargs | {"initial": initial_speaker(inscription)})

    @property
    def helper(self) -> FormHelper:
        layout = Layout("is_to_be_confirmed", "speaker_prefix", "other_prefix", "speaker_name", "speaker_title")
        return helper(layout, button=self.heading)


class LevelForm(Confirming):
    """The level of representation of the entry `inscription`.  R-23 R-68"""

    use_required_attribute = False
    is_for_the_record = True
    heading = _("Change the level of representation")
    effect = _(
        "If the standing of the level changes, up or down, the entry moves to the end of those of the new standing. "
        "You read from which place to which before anything is done. After closing, the level can only be lowered."
    )
    level = OneOf(label=_("Level of representation"))
    speaker_title = Line(label=_("Functional title"), required=False, max_length=200)

    def __init__(self, *args, inscription, **kwargs):
        initial = {"level": inscription.level.code, "speaker_title": inscription.speaker_title}
        super().__init__(*args, **kwargs | {"initial": initial})
        cast(OneOf, self.fields["level"]).offer(Level.of_list(inscription.speakers_list))

    @property
    def helper(self) -> FormHelper:
        layout = Layout("seen", "level", "speaker_title")
        return helper(layout, button=_("Change the level"), again=_("Yes, change the level"))


class CorrectionFields(ContactFields, RecordingFields, DeliveryFields, StatementFields):
    """What may be corrected of an entry, but for its group."""

    def suit(self, inscription: Inscription, *, takes_videos: bool) -> None:
        """Offer the sittings of the meeting of `inscription`, and speak of it as recorded already.

        What concerns a recorded video is asked if the list `takes_videos`, or if the statement is one.
        """
        self.offer_sittings(inscription.meeting)
        self.of_recording = self.offer_recording(is_offered=takes_videos or inscription.is_by_video)
        self.fields["contact_email"].help_text = _("Mail about this inscription goes to this address.")
        self.fields["copies"].label = _("Copies to")


class CorrectionForm(Confirming, CorrectionFields):
    """Contact, copies, language, preferred sitting and note of `inscription`, of which `seen` is the version.  R-67"""

    use_required_attribute = False
    is_for_the_record = True
    heading = _("Correct the contact, the language or the note")
    effect = _(
        "The place on the list stays as it is. An address that you replace is notified, and so is the new one. "
        "The name of a group is corrected by the secretariat."
    )

    def __init__(self, *args, inscription, seen, **kwargs):
        super().__init__(*args, **kwargs | {"initial": initial_correction(inscription) | {"seen": seen}})
        self.suit(inscription, takes_videos=inscription.speakers_list.takes_videos)

    @property
    def helper(self) -> FormHelper:
        layout = Layout(
            "seen",
            Part(
                _("Statement"),
                *("language", "other_language", "preferred_sitting", *DeliveryFields.base_fields, *self.of_recording),
            ),
            Part(_("Contact"), "contact_name", "contact_email", "contact_telephone", "copies", "note"),
        )
        return helper(layout, button=_("Correct"), again=_("Yes, correct it like this"))


def initial_correction(inscription: Inscription) -> dict[str, Any]:
    """What is recorded of `inscription`, as initial values of the fields of its contact and its statement."""
    of_the_statement = [*StatementFields.base_fields, *DeliveryFields.base_fields, *RecordingFields.base_fields]
    names = [*ContactFields.base_fields, *of_the_statement]
    return {name: getattr(inscription, name) for name in names} | {"copies": ", ".join(inscription.copies)}
