"""The label of each kind of mail about tickets; see `outbox/kinds.py`."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "registration.link": _("Link to a request for tickets"),
    "registration.received": _("Request for tickets received"),
    "registration.received_representative": _("Ticket: received, to the representative"),
    "registration.new_page": _("New link to the private page of a request"),
    "registration.approved": _("Ticket: approved"),
    "registration.declined": _("Ticket: declined"),
    "registration.waitlisted": _("Ticket: on the waiting list"),
    "registration.offered": _("Ticket: seat offered"),
    "registration.lapsed": _("Ticket: offered seat not taken"),
    "registration.cancelled": _("Ticket: cancelled"),
    "registration.expired": _("Ticket: not confirmed in time"),
    "registration.review_again": _("Ticket: under review again"),
    "registration.voucher": _("Ticket: voucher"),
    "registration.selected": _("Wish to speak: selected"),
    "registration.not_selected": _("Wish to speak: not selected"),
    "registration.manifest_due": _("Reminder to the office: manifest"),
}
TO_MANY = {
    f"registration.{name}"
    for name in (
        "approved",
        "declined",
        "waitlisted",
        "offered",
        "lapsed",
        "expired",
        "review_again",
        "voucher",
        "selected",
        "not_selected",
    )
}
OF_THE_MOMENT = {"registration.link"}
