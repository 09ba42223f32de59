"""The acts of the site itself and on staff accounts, each as a sentence; see `journal/act_words.py`.  R-58"""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "account limit reached": _("too many passwords were tried for one staff account"),
    "network limit reached": _("too many passwords of staff were tried from one network"),
    "code limit reached": _("too many codes of the second factor were tried for one staff account"),
    "second factor set up": _("a person set up a second factor for their own account"),
    "second factor removed": _("a person removed a second factor of their own account"),
    "recovery codes made": _("a person made new recovery codes for their own account"),
    "second factor taken away": _("the second factor of a staff account was taken away"),
    "account made": _("a staff account was created"),
    "personal data erased": _("personal data were erased when they were due"),
    "site restored": _("the site was restored from a backup, and put on hold"),
    "site let go": _("the site was let go on after a restore"),
    "password set": _("the password of a staff account was set"),
}
KINDS = {"site": (_("the site and its accounts"), ACTS)}
