"""Who is behind a request, and what that address may see and do.  R-11 R-59

Identity is an e-mail address proved by a one-time code or link (`signing_in.py`); there are no accounts.
The delegations follow from the address, never from a form field.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, FilteredRelation, OuterRef, Q, QuerySet
from django.http import HttpRequest

from acts.keyed_hashes import is_hash_of, keyed_hash
from acts.questions import Question
from dialogue.models import Meeting
from journal.actors import FOCAL_POINT, UNVERIFIED_PERSON, Actor
from languages.collation import in_order
from speakers.models import (
    Delegation,
    Inscription,
    Interest,
    Joining,
    LateRequest,
    SpeakersList,
    beside_names,
    called_then,
)
from speakers.models.inscription import InscriptionQuerySet
from speakers.models.interest import InterestQuerySet
from speakers.models.joining import JoiningQuerySet
from speakers.models.late import LateRequestQuerySet

ADDRESS = "speakers_address"
ASKED = "speakers_asked"
# The purpose of the hashes of those who type.
TYPIST = "speakers.typist"
SHOWN_OF_FILED = ["public_id", "receipt_no", "capacity", "group_name", "state", "delegation__code"]
SHOWN_OF_FILED += ["delegation__short_name", "delegation__formal_name", "delegation_name", "delegation_in_full"]
# The condition of a row whose delegation the address acts for (see `_with_point`).
ACTS_FOR = Q(point__is_active=True, delegation__is_active=True)
OF_THE_POINT = ["point__normalised_email", "point__is_active"]
# The condition of a stranger's entry that was never verified, which only that person sees.
NEVER_VERIFIED = Q(is_on_record=False, state__in=[Inscription.State.UNVERIFIED, Inscription.State.REFUSED])


def signed_in_address(request: HttpRequest) -> str | None:
    """The address proved in this session, normalised; None if there is none."""
    return request.session.get(ADDRESS)


def typist(request: HttpRequest) -> str:
    """What a form carries, so that what is typed into it comes back to the same person alone; empty if not signed in.

    It tells no address to those who do not have the secret key.
    """
    address = signed_in_address(request)
    return keyed_hash(TYPIST, address) if address else ""


def is_typist(kept: str, request: HttpRequest) -> bool:
    """Is this browser signed in as the person for whom `kept` was made by `typist`?"""
    address = signed_in_address(request)
    return bool(kept and address) and is_hash_of(kept, TYPIST, str(address))


def remember_address(request: HttpRequest, address: str) -> None:
    """Sign this browser in as `address`, under a new session key."""
    request.session.cycle_key()
    request.session.pop(ASKED, None)
    request.session[ADDRESS] = address


def forget_address(request: HttpRequest) -> None:
    """Sign this browser out, under a new session key; a member of staff who is also signed in stays signed in."""
    request.session.pop(ADDRESS, None)
    request.session.pop(ASKED, None)
    request.session.cycle_key()


def delegations_of(address: str, *, on: date | None = None) -> list[Delegation]:
    """The delegations that `address` acts for, as a list by name; empty for an address not on record (1 statement).

    With a date, they have the names that they had `on` it, and are not to be saved.  R-72
    """
    return in_order(_acting(address) if on is None else called_then(acting.ask(address=address, on=on)))


def _acting(address):
    """The delegations that `address` acts for, a QuerySet."""
    on_record = Q(focal_points__normalised_email=address, focal_points__is_active=True)
    return Delegation.objects.filter(on_record, is_active=True)


@Question
def acting(address: Any, on: Any) -> QuerySet[Any]:
    """The delegations that an address acts for, beside the names that they had on a date."""
    return beside_names(_acting(address), on)


def actor(address: str, delegation: Delegation, delegations: list[Delegation]) -> Actor:
    """The `Actor` for the journal: focal point of `delegation`, or an unverified person."""
    return Actor(address, FOCAL_POINT if delegation in delegations else UNVERIFIED_PERSON)


def visible_to(address: str) -> InscriptionQuerySet:
    """Inscriptions whose receipt `address` may see and act on, as a QuerySet.

    Those it filed, unless staff have since made it an inactive focal point of that delegation; and all entries of the
    delegations it acts for, except a stranger's that was never verified, which only that person sees.
    """
    own = Q(filed_by_email=address) & (Q(point=None) | Q(point__is_active=True))
    return _with_point(Inscription.objects, address).filter(own | (ACTS_FOR & ~NEVER_VERIFIED))


def own_entry(address: str, of: Meeting, public_id: UUID, *, on_any_list: bool = False) -> Inscription | None:
    """The entry `public_id` if `address` may see it: on the list at hand of the meeting, or `on_any_list` of it.

    With its delegation and its level. None if there is none (one statement).
    """
    if on_any_list:
        found = entry_at.ask(address=address, meeting=of.pk, public_id=public_id)
    else:
        found = entry_on.ask(address=address, speakers_list=of.speakers_list.pk, public_id=public_id)
    return found[0] if found else None


@Question
def entry_at(address: Any, meeting: Any, public_id: Any) -> QuerySet[Any]:
    """The entry, if it is at that meeting."""
    found = visible_to(address).filter(speakers_list__meeting=meeting, public_id=public_id)
    return found.select_related("delegation", "level")


@Question
def entry_on(address: Any, speakers_list: Any, public_id: Any) -> QuerySet[Any]:
    """The entry, if it is on that list."""
    found = visible_to(address).filter(speakers_list=speakers_list, public_id=public_id)
    return found.select_related("delegation", "level")


def who_sees(entries: InscriptionQuerySet) -> dict[str, set[UUID]]:
    """For each address that may see any of `entries`, the public ids of those, as `visible_to` says (one statement).

    For what many ask at once, each for their own: after an act, all the telephones in a room.
    """
    acts_for = ExpressionWrapper(ACTS_FOR & ~NEVER_VERIFIED, BooleanField())
    with_points = entries.order_by().annotate(point=FilteredRelation("delegation__focal_points"), acts_for=acts_for)
    rows = list(with_points.values_list("public_id", "filed_by_email", *OF_THE_POINT, "acts_for"))
    filed = {(filer, entry) for entry, filer, *_point in rows}
    stopped = {(filer, entry) for entry, filer, point, is_active, _acts in rows if filer == point and not is_active}
    acting = {(point, entry) for entry, _filer, point, _is_active, acts in rows if acts}
    seen = defaultdict(set)
    for address, entry in (filed - stopped) | acting:
        seen[address].add(entry)
    return dict(seen)


def filed_for(address: str | None, meeting: Meeting) -> list[Inscription]:
    """The inscriptions on the list at hand of `meeting` that `address` may see, by receipt number; none for None.

    With what a list of them shows, and no more.
    """
    if address is None:
        return []
    return filed_on.ask(address=address, speakers_list=meeting.speakers_list.pk)


@Question
def filed_on(address: Any, speakers_list: Any) -> QuerySet[Any]:
    """The entries of one list that an address may see."""
    on_the_list = visible_to(address).filter(speakers_list=speakers_list)
    return on_the_list.select_related("delegation").only(*SHOWN_OF_FILED).order_by("receipt_no")


def late_requests_on(lists: Collection[SpeakersList], address: str) -> LateRequestQuerySet:
    """The late requests for `lists` that `address` may see, as `late_requests_of` (one statement).  R-27 R-62"""
    requests = _with_point(LateRequest.objects.filter(speakers_list__in=lists), address).order_by("arrived_at", "pk")
    return requests.filter(_sees_late(address)).select_related("delegation", "level")


def late_requests_of(address: str | None, meeting: Meeting) -> LateRequestQuerySet:
    """Late requests for the list of `meeting` that `address` may see: those it filed, and those of its delegations.

    Of the latter, only those filed from an address on record. Empty for None.  R-27
    """
    if address is None:
        return LateRequest.objects.none()
    requests = _with_point(meeting.speakers_list.late_requests, address).order_by("arrived_at", "pk")
    return requests.filter(_sees_late(address)).select_related("delegation", "level")


def _sees_late(address):
    return Q(filed_by_email=address) | (ACTS_FOR & Q(is_on_record=True))


def joinings_of(address: str | None, meeting: Meeting) -> JoiningQuerySet:
    """What entries of the list of `meeting` have asked of the delegations that `address` acts for; empty for None."""
    if address is None:
        return Joining.objects.none()
    asked = _with_point(meeting.speakers_list.joinings, address).filter(ACTS_FOR)
    return asked.select_related("inscription__delegation", "inscription__level", "delegation")


def joinings_on(lists: Collection[SpeakersList], address: str) -> JoiningQuerySet:
    """What entries of the `lists` have asked of the delegations that `address` acts for."""
    return _with_point(Joining.objects.filter(speakers_list__in=lists), address).filter(ACTS_FOR)


def interests_on(lists: Collection[SpeakersList], address: str) -> InterestQuerySet:
    """The expressions of interest in the `lists`, as first choices, of the delegations that `address` acts for."""
    return _with_point(Interest.objects.filter(speakers_list__in=lists), address).filter(ACTS_FOR)


def late_and_joint_of(address: str | None, meeting: Meeting) -> tuple[LateRequestQuerySet, JoiningQuerySet]:
    """What `late_requests_of` and, of those that are still named, `joinings_of` return.

    As a rule an open list has neither, so that is asked first, for both in one short statement.
    """
    [(has_late, has_joint)] = late_or_joint_on.ask(speakers_list=meeting.speakers_list.pk)
    return (
        late_requests_of(address if has_late else None, meeting),
        joinings_of(address if has_joint else None, meeting).named(),
    )


@Question
def late_or_joint_on(speakers_list: Any) -> QuerySet[Any]:
    """Whether there are late requests and joint statements on one list."""
    late, joint = (Exists(model.objects.filter(speakers_list=OuterRef("pk"))) for model in (LateRequest, Joining))
    return SpeakersList.objects.filter(pk=speakers_list).values_list(late, joint)


def interests_of(address: str | None, meeting: Meeting) -> InterestQuerySet:
    """The expressions of interest at `meeting` of the delegations that `address` acts for; empty for None.

    In order of arrival, each with its choices.
    """
    if address is None:
        return Interest.objects.none()
    own = _with_point(Interest.objects.filter(speakers_list__meeting=meeting), address).filter(ACTS_FOR)
    return own.with_choices().order_by("expressed_at", "pk")


def _with_point(rows, address):
    """The `rows`, each of a delegation, beside the one focal point that `address` may be of that delegation."""
    is_this = Q(delegation__focal_points__normalised_email=address)
    return rows.annotate(point=FilteredRelation("delegation__focal_points", condition=is_this))
