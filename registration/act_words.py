"""The acts on tickets, each in a sentence that names no person; see `journal/act_words.py`.  R-57 R-58"""

from django.utils.translation import gettext_lazy as _

OF_REQUESTS = {
    "requested": _("tickets were requested"),
    "request confirmed": _("a request for tickets was confirmed"),
    "request disowned": _("a request for tickets was disowned by its address"),
    "requests expired": _("requests for tickets expired unconfirmed"),
    "private links renewed": _("the private link of a request was renewed"),
    "private links ended": _("the private link of a request was ended"),
    "tickets opened": _("requests for tickets were opened"),
    "manifest frozen": _("a manifest for security was frozen"),
    "manifest taken out": _("a manifest for security was taken out"),
    "queue taken out": _("the queue of tickets was exported"),
    "mail released": _("a mail about tickets was released"),
}
OF_REPRESENTATIVES = {
    "representative added": _("a representative was added to a request"),
    "address confirmed": _("a representative confirmed their address"),
    "amended": _("the details of a representative were amended"),
    "approved": _("a representative was approved"),
    "declined": _("a representative was declined"),
    "put on the waiting list": _("a representative was put on the waiting list"),
    "reconsidered": _("a decision on a representative was reconsidered"),
    "ticket collected": _("a ticket was collected from security"),
    "did not come": _("a representative did not come for the ticket"),
    "handed over": _("a ticket was handed over"),
    "hand-over taken back": _("the hand-over of a ticket was taken back"),
    "conflict settled": _("a conflict at the door was settled"),
    "cancelled": _("a representative was cancelled"),
    "disowned": _("a representative was disowned by their address"),
    "expired": _("a representative expired unconfirmed"),
    "seat offered": _("a freed seat was offered to a representative"),
    "offer accepted": _("a representative accepted the seat that was offered"),
    "offer declined": _("a representative declined the seat that was offered"),
    "offer lapsed": _("the offer of a seat lapsed"),
    "put on the manifest": _("a representative was put on the manifest for security"),
    "theme assigned": _("the topic of a representative was assigned to a theme"),
}
OF_SPEAKERS = {
    "selected to speak": _("a representative was selected to speak"),
    "not selected to speak": _("a representative was not selected to speak"),
    "selection taken back": _("the selection of a representative was taken back"),
    "short-listed": _("a representative was put on the short list"),
    "taken off the short list": _("a representative was taken off the short list"),
}
ACTS = OF_REQUESTS | OF_REPRESENTATIVES | OF_SPEAKERS
KINDS = {"tickets": (_("tickets"), OF_REQUESTS | OF_REPRESENTATIVES | OF_SPEAKERS)}
