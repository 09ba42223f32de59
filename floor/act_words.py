"""The acts in the room, each in a sentence; see `journal/act_words.py`.  R-58"""

from django.utils.translation import gettext_lazy as _

OF_TURNS = {
    "called": _("%(entry)s was called to the floor"),
    "called out of turn": _("%(entry)s was called out of turn"),
    "began": _("%(entry)s began to speak"),
    "begin taken back": _("the start of the statement by %(entry)s was undone"),
    "ended": _("%(entry)s ended its statement"),
    "end taken back": _("the end of the statement by %(entry)s was undone"),
    "taken back": _("%(entry)s returned to its old place"),
    "paused": _("the clock for %(entry)s was paused"),
    "continued": _("the clock for %(entry)s was resumed"),
    "absent": _("%(entry)s was noted absent"),
    "absence taken back": _("the absence of %(entry)s was undone"),
    "not delivered": _("%(entry)s did not deliver its statement"),
    "not reached": _("%(entry)s was not reached"),
    "waits again": _("%(entry)s was put back in the queue"),
    "present": _("%(entry)s said that it was in the room"),
    "away": _("%(entry)s said that it was away"),
    "inserted off the list": _("%(entry)s was inserted outside the list"),
    "taken out": _("%(entry)s, inserted outside the list, was removed"),
    "asked to reply": _("%(entry)s asked for the right of reply"),
    "own limit": _("%(entry)s was given a time limit of its own"),
}
OF_THE_ROOM = {
    "list heard": _("the list that the room hears was changed"),
    "concluded": _("the meeting was concluded"),
    "conclusion taken back": _("the conclusion of the meeting was undone"),
    "sitting suspended": _("the sitting was suspended"),
    "sitting resumed": _("the sitting was resumed"),
    "limits changed": _("the time limits were changed"),
    "message shown": _("a message was shown on the display"),
    "message taken away": _("the message on the display was removed"),
    "note changed": _("a private note was changed"),
    "said about time": _("a remark about time was noted"),
    "switched": _("points of order or the right of reply were switched on or off"),
    "statement handed in": _("the text of a statement was handed in"),
    "statement taken back": _("the text of a statement was withdrawn"),
}
ACTS = OF_TURNS | OF_THE_ROOM
