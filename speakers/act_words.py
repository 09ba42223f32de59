"""The acts on the list of speakers, each as a sentence; see `journal/act_words.py`.  R-58"""

from django.utils.translation import gettext_lazy as _

OF_ENTRIES = {
    "inscribed": _("%(entry)s was inscribed"),
    "inscribed on behalf": _("%(entry)s was inscribed by the secretariat"),
    "admitted late": _("%(entry)s was admitted late, at the end of its band"),
    "selected": _("%(entry)s was entered as a selected speaker of civil society"),
    "selected for a seat": _("%(entry)s was selected for a seat"),
    "verified": _("%(entry)s was verified"),
    "refused": _("%(entry)s was refused"),
    "withdrawn": _("%(entry)s was withdrawn"),
    "speaker changed": _("the speaker of %(entry)s was changed"),
    "level changed": _("the level of %(entry)s was changed"),
    "corrected": _("the contact, language, recording or note of %(entry)s was corrected"),
    "group corrected": _("the group of %(entry)s was corrected"),
    "swapped": _("%(entry)s took the turn of the delegation it swapped with"),
    "drawn": _("%(entry)s was given its lot"),
    "own turn given back": _("%(entry)s returned to its own turn, because the order of the list changed"),
    "placed by other terms": _("%(entry)s was placed again, because the order of the list changed"),
    "called": _("%(entry)s was called to the floor"),
    "call taken back": _("the call of %(entry)s was undone"),
    "moved to the end of its class": _("%(entry)s was absent and waits at the end of its class"),
    "absence taken back": _("the absence of %(entry)s was undone"),
    "joint statement changed": _("the delegations that join the statement of %(entry)s changed"),
}
OF_MOVES = {
    "pinned": _("%(entry)s was placed before %(other)s"),
    "unpinned": _("the pin of %(entry)s was removed"),
    "pin moved": _("the pin of %(entry)s now points to %(other)s"),
    "pinned to the end": _("%(entry)s stays at the end, because the entry it was placed before has left"),
    "fixed to a sitting": _("%(entry)s was fixed to a sitting"),
    "released from its sitting": _("%(entry)s was released from the sitting it was fixed to"),
    "move undone": _("the last move of %(entry)s was undone"),
    "fixing undone": _("the last fixing of %(entry)s to a sitting, or its release, was undone"),
}
OF_JOINT_STATEMENTS = {
    "asked to join": _("%(entry)s asked %(other)s to join its statement"),
    "statement joined": _("%(other)s joined the statement of %(entry)s"),
    "joining declined": _("%(other)s declined to join the statement of %(entry)s"),
    "joint statement left": _("%(other)s left the joint statement of %(entry)s"),
    "name taken back": _("%(entry)s no longer names %(other)s in its joint statement"),
    "joint statement ended": _("%(entry)s was withdrawn, and no longer names %(other)s"),
}
OF_SWAPS = {
    "swap proposed": _("%(entry)s proposed a swap to %(other)s"),
    "swap accepted": _("%(other)s accepted the swap that %(entry)s proposed"),
    "swap approved": _("the swap of %(entry)s and %(other)s was approved"),
    "swap declined": _("%(other)s declined the swap that %(entry)s proposed"),
    "swap taken back": _("%(entry)s withdrew the swap it had proposed to %(other)s"),
    "swap not approved": _("the swap of %(entry)s and %(other)s was not approved"),
    "swap ended": _("the swap of %(entry)s and %(other)s expired"),
}
OF_INTEREST = {
    "interest expressed": _("%(entry)s expressed its interest in a seat"),
    "interest changed": _("the expression of interest of %(entry)s was changed"),
    "interest withdrawn": _("%(entry)s withdrew its expression of interest"),
    "first choice given": _("%(entry)s was given a seat on the list of its first choice"),
    "second choice given": _("%(entry)s was given a seat on the list of its second choice"),
    "informed of no seat": _("%(entry)s was informed that no seat could be given"),
}
AFTER_CLOSING = {
    "late request filed": _("a late request of %(entry)s was filed"),
    "late request accepted": _("the late request of %(entry)s was accepted"),
    "late request declined": _("the late request of %(entry)s was declined"),
    "late request taken back": _("the late request of %(entry)s was withdrawn"),
    "extension granted": _("%(entry)s was granted an extension"),
    "extension ended": _("the extension of %(entry)s was ended"),
}
OF_THE_LIST = {
    "restored": _("the site was restored from a backup; acts on the list since the backup may be missing"),
    "numbers skipped": _(
        "the receipt numbers %(entry)s were skipped, because they may have been given before a restore"
    ),
    "terms fixed": _("the list opened, and its levels, places and groups were fixed"),
    "deadline changed": _("the deadline was changed"),
    "list closed": _("the list was closed and established"),
    "list reopened": _("the list was reopened"),
    "clock shifted": _("the clock of the rehearsal was shifted"),
    "order changed": _("the order of the list was changed"),
    "group registered": _("a group was put on the register of the list"),
    "draw committed to": _("the commitment for the draw was published"),
    "beacon entered": _("the public value of the draw was entered"),
    "draw held": _("the draw was held"),
    "frozen": _("a revision was frozen"),
    "taken out with contacts": _("the list was exported with contacts"),
}
BESIDE_THE_LIST = {
    "focal point put on record": _("an address was recorded as a focal point"),
    "delegations loaded": _("the delegations were loaded"),
    "sign-in codes refused": _("too many wrong sign-in codes were entered, and none was accepted for a time"),
    "imported": _("delegations or focal points were imported"),
    "mail text changed": _("a mail text was changed"),
    "drafts written": _("draft mails were written"),
    "mail let go": _("the mail of the rehearsal was released"),
    "mail held back": _("the mail of the rehearsal was held back"),
}
ACTS = OF_ENTRIES | OF_MOVES | OF_SWAPS | OF_JOINT_STATEMENTS | OF_INTEREST
ACTS |= AFTER_CLOSING | OF_THE_LIST | BESIDE_THE_LIST
KINDS = {
    "entries": (_("entries"), OF_ENTRIES),
    "moves": (_("moves of entries"), OF_MOVES),
    "swaps": (_("swaps"), OF_SWAPS),
    "joint": (_("joint statements"), OF_JOINT_STATEMENTS),
    "interest": (_("expressions of interest"), OF_INTEREST),
    "late": (_("late requests and extensions"), AFTER_CLOSING),
    "list": (_("the list itself"), OF_THE_LIST),
    "beside": (_("delegations and mail texts"), BESIDE_THE_LIST),
}
