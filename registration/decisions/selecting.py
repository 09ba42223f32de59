"""Which of those who wish to speak are put on the short list and on the list of speakers.  R-15 R-56"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from acts.foreseeing import require_seen
from dialogue import moments
from dialogue.models import Meeting
from journal.actors import Actor
from languages import lengths
from languages.collation import in_order
from languages.wording import when_read
from registration import states
from registration.decisions.outcomes import Kind, Outcome, Preview
from registration.locking import fresh, fresh_people, locked_terms
from registration.mail import notices
from registration.models import Representative
from registration.models.representative import LET_IN, Selection
from registration.refusals import TicketRefused
from speakers.entries import civil_society as list_of_speakers
from speakers.entries import withdrawing
from speakers.limits import limit_of
from speakers.models import Inscription

# The words spoken in a minute at normal pace in English [WHO Journal].
WORDS_A_MINUTE = 110


def short_list(representative: Representative, *, by: Actor, at: datetime) -> Representative:
    """Put `representative`, who wishes to speak, on the short list. Journals; no mail. Raises `TicketRefused`."""
    return _consider(representative, Selection.SHORT_LISTED, "short-listed", by=by, at=at)


def take_off_short_list(representative: Representative, *, by: Actor, at: datetime) -> Representative:
    """Take `representative` off the short list again. Journals; no mail. Raises `TicketRefused`."""
    return _consider(representative, Selection.NONE, "taken off the short list", by=by, at=at)


def assign_theme(representative: Representative, theme: str, *, by: Actor, at: datetime) -> Representative:
    """Assign a `theme` in staff's words to the topic of `representative`; an empty one removes it.  R-56

    Topics in a hundred wordings are thus counted under a few themes. Journals; no mail. Raises `TicketRefused` for a
    representative who does not wish to speak.
    """
    with locked_terms(representative.meeting_id) as ticketing:
        kept = _wishing(representative, ticketing)
        wanted = " ".join(theme.split())
        if kept.theme != wanted:
            states.change(kept, act="theme assigned", by=by, at=at, theme=wanted)
        return kept


def themes(meeting: Meeting) -> list[str]:
    """The themes that staff have assigned at `meeting`, in alphabetical order (one query)."""
    assigned = meeting.representatives.active().exclude(theme="")
    return in_order(assigned.order_by().values_list("theme", flat=True).distinct())


def preview(people: Sequence[Representative], *, at: datetime) -> Preview:
    """Which of `people` of one meeting would be selected at its moment `at`, by turn, and why others not.

    Only a person with a ticket can speak, one for each organization (R-12). Costs two statements.
    """
    speakers_list = people[0].meeting.speakers_list
    taken = list_of_speakers.receipts(speakers_list)
    before: dict[str, Representative] = {}
    found = []
    for person in people:
        if why := _why_not(person, speakers_list, taken, before, at=at):
            found.append(Outcome(person, Kind.REFUSED, why))
        else:
            before[list_of_speakers.code_of(_key(person))] = person
            found.append(Outcome(person, Kind.SELECTED))
    return Preview(found)


def select_all(
    people: Sequence[Representative], *, by: Actor, at: datetime, words: str = "", seen: str | None = None
) -> Preview:
    """Select `people` of one meeting to speak, as `select` does, by turn and under one lock.  R-15 R-56

    Those for whom it is not possible are left, with the reason. A page says what it has `seen`; see
    `require_seen`. Returns what was carried out. Raises `TicketRefused`.
    """
    with locked_terms(people[0].meeting_id) as ticketing:
        foreseen = preview(fresh_people(people, ticketing), at=at)
        require_seen(foreseen, seen, TicketRefused)
        for person in foreseen.people(Kind.SELECTED):
            select(person, by=by, at=at, words=words)
        return foreseen


def select(representative: Representative, *, by: Actor, at: datetime, words: str = "") -> Representative:
    """Select `representative` to speak: an entry in the band of civil society on the list of speakers.  R-15 R-56

    Only a person with a ticket can speak. The entry has its receipt; the mail is a draft that staff release, with
    their own `words`. Journals, here and on the list. Raises `TicketRefused`, or the list's own refusal.
    """
    with locked_terms(representative.meeting_id) as ticketing:
        kept = fresh(representative, ticketing)
        if why := _why_no_ticket(kept):
            raise TicketRefused(why)
        entry = _enter(kept, by=by, at=at)
        change = {"selection": Selection.SELECTED, "inscription": entry}
        witness = states.change(kept, act="selected to speak", by=by, at=at, reason=words, **change)
        limit = limit_of(ticketing.meeting.speakers_list, entry)
        facts = {
            "time": when_read(lengths.length_in_words, limit),
            "wordcount": int(limit / moments.MINUTE * WORDS_A_MINUTE),
        }
        notices.draft("selected", kept, witness=witness, words=words, **facts)
        return kept


def take_back(representative: Representative, *, reason: str, by: Actor, at: datetime) -> Representative:
    """Take the selection back for a mandatory `reason`: the entry is withdrawn, the person is on the short list again.

    The list notifies the contact and its officer of the withdrawal. Journals. Raises `TicketRefused`, or
    `withdrawing.WithdrawalRefused` for a speaker who was called.
    """
    if not reason.strip():
        raise TicketRefused(_("Give the reason: it is kept in the journal."), "reason")

    with locked_terms(representative.meeting_id) as ticketing:
        kept = fresh(representative, ticketing)
        if kept.selection != Selection.SELECTED:
            raise TicketRefused(_("%(name)s is not selected.") % {"name": kept})
        if kept.inscription and kept.inscription.is_active:
            withdrawing.withdraw(kept.inscription, by=by, at=at, reason=reason)
        notices.discard_drafts("selected", kept)
        change = {"selection": Selection.SHORT_LISTED, "inscription": None}
        states.change(kept, act="selection taken back", by=by, at=at, reason=reason, **change)
        return kept


def preview_of_thanks(meeting: Meeting) -> Preview:
    """Who of `meeting` wished to speak, has a ticket and was not selected, and so would be thanked (one statement)."""
    others = Representative.objects.wishing_to_speak().filter(meeting=meeting, state__in=LET_IN)
    others = others.filter(selection__in=[Selection.NONE, Selection.SHORT_LISTED]).order_by("turn")
    return Preview([Outcome(person, Kind.THANKED) for person in others.select_related("request__organization")])


def thank_the_others(meeting: Meeting, *, by: Actor, at: datetime, words: str = "", seen: str | None = None) -> Preview:
    """Draft one courteous note to each person who wished to speak, has a ticket and was not selected.  R-56

    A page says what it has `seen` of them; see `require_seen`. Staff release the notes. Journals. Returns what was
    carried out. Raises `TicketRefused`.
    """
    with locked_terms(meeting.pk) as ticketing:
        foreseen = preview_of_thanks(ticketing.meeting)
        if not foreseen.outcomes:
            raise TicketRefused(_("No one with a ticket is left to be thanked."))
        require_seen(foreseen, seen, TicketRefused)
        for representative in foreseen.people(Kind.THANKED):
            kept = fresh(representative, ticketing)
            change = {"selection": Selection.NOT_SELECTED}
            witness = states.change(kept, act="not selected to speak", by=by, at=at, reason=words, **change)
            notices.draft("not_selected", kept, witness=witness, words=words)
        return foreseen


def _consider(representative, selection, act_name, *, by, at):
    with locked_terms(representative.meeting_id) as ticketing:
        kept = _wishing(representative, ticketing)
        if kept.selection == Selection.SELECTED:
            raise TicketRefused(_("%(name)s is already selected.") % {"name": kept})
        if kept.selection != selection:
            states.change(kept, act=act_name, by=by, at=at, selection=selection)
        return kept


def _wishing(representative, ticketing):
    kept = fresh(representative, ticketing)
    if why := _why_not_considered(kept):
        raise TicketRefused(why)
    return kept


def _why_not_considered(person):
    if not person.wishes_to_speak:
        return _("%(name)s does not wish to speak.") % {"name": person}
    if not person.is_active:
        return _("%(name)s is %(state)s.") % {"name": person, "state": person.get_state_display()}
    return ""


def _why_no_ticket(person):
    if why := _why_not_considered(person):
        return why
    if person.state not in LET_IN:
        words = _("%(name)s is %(state)s: only a person with a ticket can be selected. Approve first.")
        return words % {"name": person, "state": person.get_state_display()}
    if person.selection == Selection.SELECTED:
        return _("%(name)s is already selected.") % {"name": person}
    return ""


def _why_not(person, speakers_list, taken, before, *, at):
    """Why `person` cannot be selected, given the receipts `taken` on the list and those who come `before`, by code."""
    organization = person.request.organization
    if why := _why_no_ticket(person):
        return why
    if rival := before.get(list_of_speakers.code_of(_key(person))):
        words = _("%(name)s: %(rival)s would already speak for %(organization)s.")
        return words % {"name": person, "rival": rival, "organization": organization}
    facts = {"organization": organization.name, "organization_key": _key(person)}
    return list_of_speakers.why_not(speakers_list, taken, **facts, at=at)


def _key(person):
    """What tells the organization of `person` from others, for the list of speakers."""
    organization = person.request.organization
    return f"{organization.key}|{organization.country.code if organization.country_id else ''}"


def _enter(representative, *, by, at):
    """Enter `representative` on the list of speakers, and return the entry."""
    request = representative.request
    organization = request.organization
    inscription = Inscription(
        speakers_list=representative.meeting.speakers_list,
        speaker_name=representative.full_name,
        speaker_title=organization.name,
        language=representative.statement_language,
        contact_name=request.contact_name,
        contact_email=request.contact_email,
        note=representative.topic,
    )
    facts = {"organization": organization.name, "organization_key": _key(representative)}
    return list_of_speakers.select(inscription, **facts, by=by, at=at)
