"""The forms on a receipt: another speaker, another level.  R-23 R-24"""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from speakers.forms.layout import Layout, helper
from speakers.forms.levels import LevelField
from speakers.forms.speaker import SpeakerFields, initial_speaker
from speakers.forms.typed import Line


class SpeakerForm(SpeakerFields):
    """Who speaks for the entry `inscription`; sent to `action`.  R-24"""

    prefix = "speaker"
    use_required_attribute = False
    is_for_the_record = True

    def __init__(self, *args, inscription, action, **kwargs):
        super().__init__(*args, **kwargs | {"initial": initial_speaker(inscription)})
        self.action = action

    @property
    def helper(self) -> FormHelper:
        layout = Layout("is_to_be_confirmed", "speaker_prefix", "other_prefix", "speaker_name", "speaker_title")
        return helper(layout, button=_("Change the speaker"), action=self.action)


class LevelForm(forms.Form):
    """The level of representation of the entry `inscription`; sent to `action`.  R-23"""

    prefix = "level"
    use_required_attribute = False
    is_for_the_record = True
    level = LevelField(label=_("Level of representation"), empty_label=None)
    speaker_title = Line(label=_("Functional title"), required=False, max_length=200)

    def __init__(self, *args, inscription, action, **kwargs):
        initial = {"level": inscription.level.code, "speaker_title": inscription.speaker_title}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.action = action

    @property
    def helper(self) -> FormHelper:
        return helper(Layout("level", "speaker_title"), button=_("Change the level"), action=self.action)
