"""How staff let an entry stand for a group, and put groups on the register of a list.  R-66"""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.admin.acting import Act, ActForm, reason_field
from dialogue.typed import Several
from languages.collation import in_order
from speakers.entries import registering
from speakers.models import Delegation, Group, InAlphabet, Inscription, LateRequest, Registered
from spelling.typed import Line

WIDE = {"class": "vTextField"}


class GroupFields(forms.Form):
    """The names of a group that is to be put on the register, and why."""

    short_name = Line(
        label=_("Short name"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs=WIDE),
        help_text=_("As it is announced and shown on the list."),
    )
    full_name = Line(
        label=_("Full name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=WIDE),
        help_text=_("With its article, such as “the Group of 77 and China”."),
    )
    group_reason = reason_field(required=False, help_text=_("It is kept in the journal."))

    def new_group(self) -> Registered:
        """The group that was typed."""
        return Registered.of(self.cleaned_data["short_name"], self.cleaned_data["full_name"])


class GroupChoice(GroupFields):
    """The group for which an entry is to stand: one on the register, or one that is put there."""

    match = forms.ChoiceField(label=_("Group on the register"), required=False)

    def ask_for_group(self, filing: Inscription | LateRequest, *, is_asked: bool) -> None:
        """Ask for the group of `filing`, if it `is_asked` for; or have no such fields."""
        names = ["match", *GroupFields.base_fields]
        if not is_asked:
            for name in names:
                del self.fields[name]
            return
        words = _("none: put “%(group)s” on the register, as below") % {"group": filing.group_name}
        self.registered = {group.key: group for group in Group.of_list(filing.speakers_list)}
        choices = [(key, group.short_name) for key, group in self.registered.items()]
        cast(forms.ChoiceField, self.fields["match"]).choices = [("", words), *choices]
        self.initial = {**self.initial, "short_name": filing.group_name, "full_name": filing.group_name}
        if "reason" in self.fields:
            del self.fields["group_reason"]
        else:
            self.fields["group_reason"].required = True
        self.order_fields([*names, *self.fields])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "match" in self.fields and not self.errors:
            typed["group"] = self.registered.get(typed["match"]) or self.new_group()
        return typed


def group_and_reason(typed: dict[str, Any]) -> dict[str, Any]:
    """What a form with a `GroupChoice` tells the rule of the group; nothing if it did not ask."""
    told = {"group": typed.get("group"), "reason": typed.get("group_reason")}
    return {name: value for name, value in told.items() if value}


class RegistrationForm(GroupFields, ActForm):
    """A group for the register of one list, and who may speak for it by default."""

    spoken_for_by = Several(
        Delegation.objects.filter(is_active=True).order_by(InAlphabet()),
        label=_("Spoken for by"),
        required=False,
        help_text=_("Observers that may speak for this group. States may speak for any."),
    )
    field_order = ["short_name", "full_name", "spoken_for_by", "group_reason"]

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        for name in ("short_name", "full_name", "group_reason"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors:
            codes = [delegation.code for delegation in typed["spoken_for_by"]]
            typed["group"] = Registered.of(typed["short_name"], typed["full_name"], spoken_for_by=codes)
        return typed


def _register(meeting, typed, by, at):
    group = registering.register(meeting.speakers_list, **group_and_reason(typed), by=by, at=at)
    return _("“%(group)s” is on the register of the list.") % {"group": group.short_name}


def _on_the_register(meeting, _at):
    lines = in_order(group.full_name for group in Group.of_list(meeting.speakers_list))
    return [{"heading": _("On the register now"), "lines": lines, "none": _("No group.")}]


REGISTER = Act(
    name="register-group",
    label=_("Put a group on the register"),
    guidance=_(
        "On the register of this list alone. From then on an entry on behalf of the group takes its place at once; "
        "those that wait for it already are verified one by one."
    ),
    form=RegistrationForm,
    perform=_register,
    permission="speakers.change_inscription",
    is_possible=lambda meeting, at: meeting.speakers_list.has_fixed_terms(at) and at < meeting.ends_at,
    beside=_on_the_register,
)
