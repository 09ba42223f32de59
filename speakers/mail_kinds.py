"""The label of each kind of mail about the list of speakers; see `outbox/kinds.py`."""

from django.utils.translation import gettext_lazy as _

from speakers.mail import acknowledging, editable_mails, interest_notices, programme_release, writing

TO_THE_OFFICER = {
    "speakers.notice_inscribed": _("Notice to the officer: new inscription"),
    "speakers.notice_changed": _("Notice to the officer: inscription changed or corrected"),
    "speakers.notice_sitting": _("Notice to the officer: entry fixed to a sitting, or no longer"),
    "speakers.notice_withdrawn": _("Notice to the officer: inscription withdrawn"),
    "speakers.notice_established": _("Notice to the officer: established list"),
    "speakers.notice_deadline": _("Notice to the officer: deadline changed"),
    "speakers.notice_drawn": _("Notice to the officer: draw held"),
    "speakers.notice_order": _("Notice to the officer: order of the list changed"),
    "speakers.notice_terms": _("Notice to the officer: terms of the list changed"),
    "speakers.notice_swap": _("Notice to the officer: swap"),
    "speakers.notice_joint": _("Notice to the officer: joint statement"),
    "speakers.notice_late_filed": _("Notice to the officer: late request"),
    "speakers.notice_interest": _("Notice to the officer: expression of interest"),
    "speakers.notice_digest": _("Notice to the officer: what was done, together"),
    "speakers.notice_extension": _("Notice to the officer: extension granted"),
    "speakers.notice_extension_ended": _("Notice to the officer: extension ended"),
}
TO_MANY = {
    *(
        f"speakers.{name}"
        for name in (
            "established",
            "deadline",
            "interest_deadline",
            "drawn",
            "order",
            "terms",
            "reminder",
            "confirm_speaker",
            "no_seat",
        )
    ),
    programme_release.KIND,
    writing.KIND,
}
OF_THE_MOMENT = {"sign-in"}
RECEIPTS = {"speakers.acknowledgement"}
WRITERS = {
    "speakers.acknowledgement": acknowledging.write,
    "speakers.notice_inscribed": acknowledging.write_notice,
    f"speakers.{interest_notices.ACKNOWLEDGEMENT}": interest_notices.write,
}
KINDS = {
    **{mail.kind: mail.label for mail in editable_mails.OWN},
    **TO_THE_OFFICER,
    writing.KIND: _("Message to many delegations"),
    "sign-in": _("Sign-in code"),
    "speakers.notice_guesses": _("Notice to the leads: too many guesses at a sign-in"),
}
