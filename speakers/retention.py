"""The personal data a list keeps: contacts, names that were never public, focal points, sign-ins.  R-57"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from languages.models import Choice
from retention import Place, Standing, erased, kept
from speakers import erasing
from speakers.delegations.signing_in import KEPT_FOR
from speakers.models import FocalPoint, SignIn, Subscription

PUBLIC = "public: it appears on the list or in a published revision"
RANDOM = "random, or a hash that identifies no one"
ON_THE_LIST = kept("public: the name of a State or of an office", "delegation_name", "delegation_in_full")
FILING = {
    **ON_THE_LIST,
    **kept(PUBLIC, "group_name"),
    **kept("a sitting of the meeting, chosen among those it has", "preferred_sitting"),
    **erased(*erasing.OF_A_FILING),
    **kept("public for those who took the floor or were published; erased for all others", *erasing.OF_THE_SPEAKER),
}
FIELDS = {
    "speakers.Delegation": kept(
        "public; the name of an organization that never spoke is replaced by its code",
        *("code", "m49", "iso2", "short_name", "formal_name", "sort_name", "search_words", "sort_keys"),
    ),
    "speakers.DelegationName": kept(PUBLIC, "short_name", "formal_name", "source"),
    "speakers.DelegationPlace": kept(PUBLIC, "ground"),
    "speakers.Group": kept(PUBLIC, "short_name", "full_name", "other_names", "key", "source"),
    "speakers.Level": kept(PUBLIC, "code", "label", "observer_label"),
    "speakers.FocalPoint": erased("name", "email", "normalised_email"),
    "languages.Choice": erased("address"),
    "speakers.Subscription": erased("address", "key"),
    "speakers.WitnessAsked": kept("a keyed hash of a network, for a day at most", "key"),
    "speakers.SignIn": erased("email", "code_hash", "token_hash", "network"),
    "speakers.Inscription": {
        **FILING,
        **erased("ended_by", "pin_reason", "fixing_reason"),
        **kept(PUBLIC, "group_key", "place_ground", "level_label", "joined"),
        **kept(RANDOM, "lot", "idempotency_key", "witness"),
    },
    "speakers.SpeakersList": kept(PUBLIC, "slug", "title", "ranks", "levels", "places", "names")
    | kept(PUBLIC, "limits", "own_levels", "groups", "own_groups", "heard_in"),
    "speakers.LateRequest": {
        **FILING,
        **erased("answer", *erasing.OF_THE_SPEAKER),
        **kept(RANDOM, "idempotency_key"),
    },
    "speakers.Interest": {**FILING, **erased(*erasing.OF_THE_SPEAKER), **kept(RANDOM, "idempotency_key")},
    "speakers.Extension": erased("reason") | ON_THE_LIST,
    "speakers.Joining": ON_THE_LIST,
    "speakers.SwapProposal": erased("answer", "remark"),
    "speakers.Draw": {
        **kept("public: anyone can recompute the draw from it", "beacon_announced", "beacon", "beacon_source"),
        **kept("public: anyone can recompute the draw from it", "commitment", "secret", "seed", "nonce"),
        **kept("public: numbers and names of delegations", "receipts", "delegations"),
    },
    "speakers.Revision": kept(PUBLIC, "comment", "content", "previous_sha256", "sha256"),
}


def _erase_reasons(meeting, _at):
    return erasing.erase_reasons(meeting)


def _erase_names(meeting, _at):
    return erasing.names_never_public(meeting).update(**erasing.OF_THE_SPEAKER)


@transaction.atomic
def _erase_focal_points(at):
    return erasing.erase_focal_points(at)


PLACES = [
    Place(
        _("contacts and notes of entries"),
        left=lambda meeting: erasing.entries_with_contacts(meeting).count(),
        erase=lambda meeting, _at: erasing.erase_contacts(meeting),
    ),
    Place(
        _("speakers who never took the floor"),
        left=lambda meeting: erasing.names_never_public(meeting).count(),
        erase=_erase_names,
    ),
    Place(
        _("late requests"),
        left=lambda meeting: erasing.late_requests(meeting).count(),
        erase=lambda meeting, _at: erasing.erase_late_requests(meeting),
    ),
    Place(
        _("expressions of interest"),
        left=lambda meeting: erasing.interests(meeting).count(),
        erase=lambda meeting, _at: erasing.erase_interests(meeting),
    ),
    Place(
        _("reasons written to single delegations"),
        left=lambda meeting: sum(rows.count() for rows in erasing.reasons(meeting)),
        erase=_erase_reasons,
    ),
    Place(
        _("organizations whose selection was withdrawn"),
        left=lambda meeting: erasing.organizations_never_public(meeting).count(),
        erase=lambda meeting, _at: erasing.erase_organizations(meeting),
    ),
]
STANDING = [
    Standing(
        _("focal points of delegations"),
        _("once the personal data of every meeting are due, except those put on record after the last meeting"),
        left=lambda: FocalPoint.objects.count(),
        due=lambda at: erasing.focal_points_to_erase(at).count(),
        erase=_erase_focal_points,
    ),
    Standing(
        _("subscriptions to a calendar"),
        _("once the personal data of every meeting are due, except those made after the last meeting"),
        left=lambda: Subscription.objects.count(),
        due=lambda at: erasing.subscriptions_to_erase(at).count(),
        erase=lambda at: erasing.subscriptions_to_erase(at).delete()[0],
    ),
    Standing(
        _("languages chosen under an address"),
        _("once the personal data of every meeting are due, except those used after the last meeting"),
        left=lambda: Choice.objects.count(),
        due=lambda at: erasing.choices_to_erase(at).count(),
        erase=lambda at: erasing.choices_to_erase(at).delete()[0],
    ),
    Standing(
        _("one-time sign-ins"),
        _("a day after they were requested"),
        left=lambda: SignIn.objects.count(),
        due=lambda at: SignIn.objects.filter(created_at__lt=at - KEPT_FOR).count(),
        erase=lambda at: SignIn.objects.filter(created_at__lt=at - KEPT_FOR).delete()[0],
    ),
]
