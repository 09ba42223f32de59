"""How staff change the terms of a list: scope, policy, ranks, classes, places.  R-17 R-21 R-61 R-62"""

from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogue import moments
from dialogue.admin.acting import Act, reason_field
from speakers.admin.moving import MoveForm
from speakers.admin.sittings import SittingsField
from speakers.admin.term_rows import LevelRows
from speakers.entries.opening import OF_A_PLACE
from speakers.forms.choices import OneDelegation
from speakers.models import Band, Delegation, DelegationPlace, Level, SpeakersList
from speakers.models.speakers_list import MOST_SEATS
from speakers.moves import term_changes
from spelling.typed import Line

# A delegation is in the band of groups only while it speaks for one.
OF_DELEGATIONS = [(code, label) for code, label in Band.choices if code != Band.GROUPS]


class TermsForm(MoveForm):
    """A change of the terms of a list: a reason and, once they are fixed, a confirmation of what the page has shown."""

    reason = reason_field(help_text=_("Once the list has opened, every inscribed delegation will read it."))
    seen = forms.CharField(label=_("I have checked who moves and want it"), required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        return typed if self.errors else {**typed, "changes": self.changes()}

    def changes(self) -> term_changes.Changes:
        """What was typed, for the rule."""
        raise NotImplementedError


class OrderForm(TermsForm):
    """The policy that orders the list, and the rank of each band."""

    policy = forms.ChoiceField(label=_("Order"), choices=SpeakersList.Policy)
    level_before_band = forms.BooleanField(
        label=_("Level before band"),
        required=False,
        help_text=_(
            "For high-level meetings: among groups and Member States, the class of the level comes before the band."
        ),
    )

    def __init__(self, *args, subject, **kwargs):
        speakers_list = subject.speakers_list
        present = {"policy": speakers_list.policy, "level_before_band": speakers_list.level_before_band}
        super().__init__(*args, subject=subject, initial=present, **kwargs)
        for code, label in Band.choices:
            words = _("Rank of the band: %(band)s") % {"band": label}
            self.fields[f"rank_{code}"] = _number(words, speakers_list.ranks[code])
        self.order_fields(["policy", "level_before_band", *[f"rank_{code}" for code in Band.values]])

    def changes(self) -> term_changes.Changes:
        typed = self.cleaned_data
        ranks = {code: typed[f"rank_{code}"] for code in Band.values if typed[f"rank_{code}"]}
        return term_changes.Changes(policy=typed["policy"], level_before_band=typed["level_before_band"], ranks=ranks)


class LevelsForm(TermsForm):
    """The levels of this list: the class of each, which of them to remove, and which others to add."""

    removed = forms.MultipleChoiceField(
        label=_("Remove"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A level that an entry has stays on the list."),
    )
    added = LevelRows(label=_("Add"), required=False, help_text=_("An empty row is left out."))

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        self.levels = Level.of_list(subject.speakers_list)
        codes = [level.code for level in self.levels]
        for level in self.levels:
            self.fields[f"class_{level.code}"] = _number(str(level), level.precedence_class)
        removed = cast(forms.MultipleChoiceField, self.fields["removed"])
        removed.choices = [(level.code, str(level)) for level in self.levels]
        cast(LevelRows, self.fields["added"]).offer(Level.objects.exclude(code__in=codes))
        self.order_fields([*[f"class_{code}" for code in codes], "removed", "added"])

    def clean_added(self) -> list[dict[str, Any]]:
        rows = self.cleaned_data["added"]
        if len({row["code"] for row in rows}) < len(rows):
            raise forms.ValidationError(gettext("A level is there twice."))
        return rows

    def changes(self) -> term_changes.Changes:
        typed = {level.code: self.cleaned_data[f"class_{level.code}"] for level in self.levels}
        return term_changes.Changes(
            classes={code: number for code, number in typed.items() if number},
            added={row["code"]: row["class"] for row in self.cleaned_data["added"]},
            removed=frozenset(self.cleaned_data["removed"]),
        )


class PlaceForm(TermsForm):
    """Where one delegation stands on this list."""

    field_order = ["delegation", *OF_A_PLACE]
    delegation = OneDelegation(label=_("Delegation"))
    band = forms.ChoiceField(label=_("Band"), choices=[("", _("choose a band")), *OF_DELEGATIONS])
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("choose a category")), *DelegationPlace.Category.choices]
    )
    speaks_for_groups = forms.BooleanField(label=_("May speak on behalf of a group"), required=False)
    ground = Line(
        label=_("Ground"),
        max_length=120,
        required=False,
        help_text=_("The resolution or rule it rests on."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        cast(OneDelegation, self.fields["delegation"]).offer(lambda: Delegation.objects.filter(is_active=True))

    def changes(self) -> term_changes.Changes:
        place = {name: self.cleaned_data[name] for name in OF_A_PLACE}
        return term_changes.Changes(places={self.cleaned_data["delegation"].code: place})


class ScopeForm(TermsForm):
    """Who may inscribe, in which sittings the list is heard, and how many seats are given by selection."""

    open_to = forms.ChoiceField(label=_("Who may inscribe"), choices=SpeakersList.OpenTo)
    heard_in = SittingsField()

    def __init__(self, *args, subject, **kwargs):
        speakers_list = subject.speakers_list
        present = {"open_to": speakers_list.open_to, "heard_in": speakers_list.heard_in}
        super().__init__(*args, subject=subject, initial=present, **kwargs)
        cast(SittingsField, self.fields["heard_in"]).offer(subject)
        if speakers_list.is_by_selection:
            label = SpeakersList._meta.get_field("seats_by_selection").verbose_name
            seats = speakers_list.seats_by_selection
            self.fields["seats"] = forms.IntegerField(label=label, min_value=1, max_value=MOST_SEATS, initial=seats)
        self.order_fields(["open_to", "heard_in", "seats"])

    def changes(self) -> term_changes.Changes:
        typed = self.cleaned_data
        return term_changes.Changes(open_to=typed["open_to"], heard_in=typed["heard_in"], seats=typed.get("seats"))


def _number(label, present):
    """A field for the number that is `present`; left empty, it stays."""
    return forms.IntegerField(label=label, min_value=1, max_value=90, initial=present, required=False)


def _change_terms(meeting, typed, by, at):
    speakers_list, changes = meeting.speakers_list, typed["changes"]
    facts = {"reason": typed["reason"], "seen": typed["seen"]}
    term_changes.change_terms(speakers_list, changes, **facts, by=by, at=at)
    if not speakers_list.has_fixed_terms(at):
        return _("The terms are changed.")
    return _("The terms are changed and published as a revision. The inscribed delegations are being notified.")


def _has_fixed_terms(meeting, at):
    return meeting.speakers_list.levels is not None and at < meeting.starts_at


def the_order_now(meeting: Any, at: Any) -> list[dict[str, Any]]:
    """Beside a change: the order now, and since when it is fixed."""
    lines: list[str | Promise] = [_("Ordered by: %(policy)s.") % {"policy": meeting.speakers_list.get_policy_display()}]
    if meeting.speakers_list.level_before_band:
        lines.append(_("The level comes before the band."))
    facts = {"moment": moments.in_words(meeting.speakers_list.opens_at, meeting)}
    if meeting.speakers_list.has_opened(at):
        lines.append(_("The list opened on %(moment)s. The order is fixed, and any change is published.") % facts)
    elif meeting.speakers_list.has_fixed_terms(at):
        lines.append(_("The list has an entry before it opens. The order is fixed, and any change is published."))
    else:
        lines.append(_("The order is fixed when the list opens, on %(moment)s.") % facts)
    if meeting.speakers_list.has_fixed_terms(at):
        lines.append(
            _("Under another order, delegations that swapped return to the turn of their own receipt; pins stay.")
        )
    return [{"heading": _("The order now"), "lines": lines}]


def _act(**facts):
    return Act(permission="dialogue.change_meeting", perform=_change_terms, beside=the_order_now, **facts)


TERM_ACTS = (
    _act(
        name="change-order",
        label=_("Change the order"),
        guidance=_(
            "The order is fixed when the list opens. After that, a change needs a reason, which every inscribed "
            "delegation reads."
        ),
        form=OrderForm,
        is_possible=lambda meeting, at: at < meeting.starts_at,
    ),
    _act(
        name="change-scope",
        label=_("Change who may inscribe and when it is heard"),
        guidance=_(
            "Entries that stand stay on the list. A change needs a reason, which every inscribed delegation reads."
        ),
        form=ScopeForm,
        is_possible=_has_fixed_terms,
    ),
    _act(
        name="change-classes",
        label=_("Change the levels"),
        guidance=_(
            "The levels of this list alone and their classes, fixed when it opened. A change needs a reason, which "
            "every inscribed delegation reads."
        ),
        form=LevelsForm,
        is_possible=_has_fixed_terms,
    ),
    _act(
        name="change-place",
        label=_("Change the place of a delegation"),
        guidance=_(
            "The place on this list alone, fixed when it opened: in which band the delegation stands, and whether it "
            "may speak for a group. A change needs a reason, which every inscribed delegation reads."
        ),
        form=PlaceForm,
        is_possible=_has_fixed_terms,
    ),
)
