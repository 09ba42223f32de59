"""The acts on meetings themselves, each as a sentence; see `journal/act_words.py`.  R-58"""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "added": _("%(entry)s was added in the secretariat"),
    "changed": _("%(entry)s was changed in the secretariat"),
    "copied": _("the meeting was made as a copy of “%(entry)s”"),
    "loaded": _("the meeting was loaded from its file"),
    "made from a template": _("the meeting was made from the template “%(entry)s”"),
    "programme released": _("the programme was released"),
    "rehearsal put off": _("the rehearsal was put off"),
}
KINDS = {"meetings": (_("meetings and programmes"), ACTS)}
