"""The acts of the site itself and on staff accounts, each as a sentence; see `journal/act_words.py`.  R-58"""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "account made": _("a staff account was created"),
    "personal data erased": _("personal data were erased when they were due"),
    "password set": _("the password of a staff account was set"),
}
