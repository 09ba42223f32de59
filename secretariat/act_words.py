"""The acts of the site itself and on accounts of staff, each in a sentence; see `journal/act_words.py`.  R-58"""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "account made": _("an account of staff was made"),
    "personal data erased": _("personal data were erased after their time"),
    "password set": _("the password of an account of staff was set"),
}
