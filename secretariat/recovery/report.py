"""The report of a restore, in sentences: the gap, what was done, what may be missing, and whom to ask.  R-76"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue import moments
from dialogue.models import Contact
from outbox.models import Message
from secretariat.models import Restoration
from speakers.models import SpeakersList


def sentences(restoration: Restoration) -> list[str]:
    """The whole report of `restoration`, as translated sentences; the parts of a list stand together."""
    return [*_gap(restoration), *_done(restoration), *_lists(restoration), *_missing(), *_whom_to_ask()]


def _gap(restoration):
    gap_from, gap_until = restoration.gap_from, restoration.gap_until
    facts = {"from": _moment(gap_from), "until": _moment(gap_until)}
    return [
        _("The last trace in the backup is of %(from)s; it was put on hold on %(until)s.") % facts,
        _("Acts of the time between may be missing, although people hold receipts and mails of them."),
        *(_of_former(each) for each in Restoration.objects.filter(let_go_at=gap_until, pk__lt=restoration.pk)),
    ]


def _of_former(former):
    """What is said of a hold that stood in the backup, and ended with this one."""
    words = _(
        "It was on hold already, since %(until)s, after an earlier restore: acts after %(from)s may be missing from "
        "that one, too."
    )
    return words % {"from": _moment(former.gap_from), "until": _moment(former.gap_until)}


def _done(restoration):
    facts, left = restoration.facts, Message.objects.kept().count()
    kept = ngettext(
        "%(count)d mail may have been sent already and is kept back; %(left)d of these and later ones is undecided.",
        "%(count)d mails may have been sent already and are kept back; %(left)d of these and later ones are undecided.",
        facts["kept"],
    )
    dropped = ngettext(
        "%(count)d alert or one-time code was dropped.",
        "%(count)d alerts and one-time codes were dropped.",
        facts["dropped"],
    )
    codes = ngettext(
        "%(codes)d unused code for signing in was ended.",
        "%(codes)d unused codes for signing in were ended.",
        facts["codes"],
    )
    sessions = ngettext(
        "%(sessions)d session was ended: everyone has to sign in again.",
        "%(sessions)d sessions were ended: everyone has to sign in again.",
        facts["sessions"],
    )
    found = [
        kept % {"count": facts["kept"], "left": left},
        dropped % {"count": facts["dropped"]},
        codes % facts,
        sessions % facts,
    ]
    if facts["held"]:
        words = ngettext(
            "%(held)d draft was held in the backup; it may have been released since. Ask before releasing it.",
            "%(held)d drafts were held in the backup; they may have been released since. Ask before releasing them.",
            facts["held"],
        )
        found.append(words % facts)
    return found


def _lists(restoration):
    """Where the numbers of each list go on."""
    went_on = _("%(list)s: the last receipt in the backup is %(last)d; receipts go on at %(next)d.")
    as_before = _("%(list)s: no number was given since the backup; receipts go on at %(next)d.")
    found = []
    for each in SpeakersList.objects.order_by("meeting__slug", "slug"):
        then = restoration.facts["lists"].get(each.journal_stream)
        if then is not None:
            words = went_on if each.last_receipt_no > then["last"] else as_before
            found.append(words % {"list": each, "last": then["last"], "next": each.last_receipt_no + 1})
    return found


def _missing():
    """Which acts may be missing. What was published or sent in the gap under a number of its own is named."""
    return [
        _(
            "Missing may be: inscriptions, changes and withdrawals, decisions on swaps and late requests, changes of "
            "deadlines, requests for tickets, decisions on them, vouchers, scans of the door, and the acts in the room."
        ),
        _(
            "Revisions, programmes and sheets for security that were frozen in the gap are lost, and the next ones get "
            "their numbers: say so where those were published or sent."
        ),
        _(
            "Vouchers that were cancelled in the gap are valid again, accounts and second factors are those of the "
            "backup, and personal data erased in the gap are back until the nightly run."
        ),
        _(
            "Keys of microphones, links for booths, addresses of calendars and private links that were ended in the "
            "gap work again: end them again."
        ),
        _(
            "Webhooks whose secret was renewed in the gap sign with the former one again: give each a new secret, and "
            "tell its receiver."
        ),
        _("Run manage.py verify with the files and the witnesses that were kept outside: it names what is missing."),
    ]


def _whom_to_ask():
    """The officers, who got a notice of every inscription, those who hold receipts, and who runs the mail server."""
    words = _("Ask %(name)s <%(email)s> (%(role)s): every inscription was mailed to the officer as a notice.")
    asked = {
        (contact.name, contact.email): words
        % {"name": contact.name, "email": contact.email, "role": contact.get_role_display()}
        for contact in Contact.objects.order_by("meeting", "position", "pk")
    }
    return [
        *asked.values(),
        _(
            "Ask who runs the mail server for the mails that this site handed over in the gap: the subjects tell the "
            "acts."
        ),
        _(
            "Ask the delegations that hold a receipt above the last one in the backup to inscribe again, or do so for "
            "them."
        ),
    ]


def _moment(at: datetime):
    return moments.in_utc_words(at)
