"""The forms that change an entry: another speaker, another level.  R-23 R-24"""

from typing import cast

from crispy_forms.helper import FormHelper
from django.utils.translation import gettext_lazy as _

from speakers.forms.choices import OneOf
from speakers.forms.confirming import Confirming
from speakers.forms.layout import Layout, helper
from speakers.forms.speaker import SpeakerFields, initial_speaker
from speakers.models import Level
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
