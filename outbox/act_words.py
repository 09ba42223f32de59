"""What staff do to mail, each act as a sentence; see `journal/act_words.py`.  R-58"""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "released": _("a mail was released"),
    "tried again": _("a mail was tried again"),
    "sent again": _("a copy of a mail was sent again"),
    "released after a restore": _("a mail that a restore had kept back was sent"),
    "dropped after a restore": _("a mail that a restore had kept back was dropped"),
    "addresses corrected": _("the addresses of a mail were corrected"),
}
KINDS = {"mail": (_("mail"), ACTS)}
