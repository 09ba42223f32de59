"""Forms of the list of speakers: they check what was typed and write nothing."""

from speakers.forms.changes import CorrectionForm, LevelForm, SpeakerForm
from speakers.forms.delivery import DeliveryForm
from speakers.forms.framed import FramedForm
from speakers.forms.inscription import InscriptionForm
from speakers.forms.interest import InterestChangeForm, InterestForm
from speakers.forms.late import LateRequestForm
from speakers.forms.signing_in import CodeForm, EmailForm

__all__ = [
    "CodeForm",
    "CorrectionForm",
    "DeliveryForm",
    "EmailForm",
    "FramedForm",
    "InscriptionForm",
    "InterestChangeForm",
    "InterestForm",
    "LateRequestForm",
    "LevelForm",
    "SpeakerForm",
]
