"""What is on record, to compare the rows of an import with: each answer is an error, a note, or nothing.  R-11 R-71

An error contradicts the record and refuses the import. A note says what is kept although the row says it otherwise.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

import spelling
from speakers.delegations.recognizing import Names
from speakers.models import Delegation, DelegationPlace, FocalPoint
from spelling.listing import in_a_row


@dataclass
class Findings:
    """What is wrong with a row, and what is worth knowing about it, in sentences."""

    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.errors or self.notes)


CHOICES: dict[str, list[tuple[str, str | Promise]]] = {
    "category": list(DelegationPlace.Category.choices),
    "regional group": list(Delegation.RegionalGroup.choices),
}


def value(column: str, typed: str) -> str:
    """The value of `column` that `typed` is, as itself or as its label, however spelled; empty if it is none."""
    wanted = _plain(typed)
    choices = CHOICES.get(column, [])
    return next((each for each, label in choices if wanted in (_plain(each), _plain(str(label)))), "")


def not_possible(column: str, typed: str) -> str:
    """The sentence for what is `typed` in a `column` that has no such value."""
    facts = {"column": column, "typed": typed, "names": in_a_row(each for each, _label in CHOICES[column])}
    return _("“%(typed)s” is not possible: the “%(column)s” is one of %(names)s.") % facts


class Record:
    """All delegations and focal points on record (three statements)."""

    def __init__(self) -> None:
        self.delegations = {each.code: each for each in Delegation.objects.with_places()}
        self._names = Names(self.delegations.values())
        self._points: dict[str, list[FocalPoint]] = {}
        for point in FocalPoint.objects.select_related("delegation"):
            self._points.setdefault(point.normalised_email, []).append(point)

    def compare(self, cells: dict[str, str]) -> Findings:
        """What the `cells` of a row say otherwise about a delegation on record."""
        delegation, found = self.delegations[cells["code"]], Findings()
        self._compare_name(delegation, cells["short name"], str(delegation), found)
        self._compare_name(delegation, cells["formal name"], str(delegation.formal_name), found)
        categories = {place.category for place in delegation.places.all()}
        self._compare_choice(delegation, "category", cells["category"], categories, found)
        group: set[str] = {delegation.regional_group}
        self._compare_choice(delegation, "regional group", cells["regional group"], group, found)
        return found

    def _compare_name(self, delegation, typed, name, found):
        if not typed or typed == name:
            return
        facts = {"code": delegation.code, "typed": typed, "name": name}
        if spelling.search_key(typed) == spelling.search_key(name):
            found.notes.append(_("“%(typed)s” is another spelling of %(name)s; kept as %(name)s.") % facts)
        elif self._names.is_name(delegation.code, typed):
            found.notes.append(_("“%(typed)s” is another name of %(name)s; kept as %(name)s.") % facts)
        else:
            found.errors.append(_contradiction(facts, self._names.is_of_another(delegation.code, typed)))

    def _compare_choice(self, delegation, column, typed, kept, found):
        """A category or a regional group other than those `kept` contradicts the record."""
        known = value(column, typed)
        if typed and not known:
            found.errors.append(not_possible(column, typed))
        elif typed and known not in kept:
            facts = {"name": delegation, "column": column, "typed": typed, "kept": in_a_row(sorted(kept)) or "–"}
            words = _("The “%(column)s” of %(name)s is %(kept)s, not %(typed)s. Correct it, or leave it out.")
            found.errors.append(words % facts)

    def codes_of(self, email: str) -> list[str]:
        """The codes of the delegations that the address `email` is on record for."""
        return [point.delegation.code for point in self._points.get(email, [])]

    def compare_point(self, cells: dict[str, str], email: str, others: list[str]) -> tuple[bool, Findings]:
        """Is the focal point with the address `email` on record, and what the row says otherwise about it.

        An address of another delegation is an error, unless the row names it among the codes of the `others`.
        """
        found = Findings()
        points = self._points.get(email, [])
        own = next((point for point in points if point.delegation.code == cells["code"]), None)
        if own is None:
            for point in points:
                is_said, words = point.delegation.code in others, _of_another(cells["focal point e-mail"], point)
                (found.notes if is_said else found.errors).append(words[is_said])
            return False, found
        facts = {"email": own.email, "typed": cells["focal point e-mail"], "name": own.name}
        if own.email != facts["typed"]:
            found.notes.append(_("“%(typed)s” is another spelling of %(email)s; kept as %(email)s.") % facts)
        if not own.is_active:
            found.notes.append(_("%(email)s is on record as no longer active, and stays so.") % facts)
        name = cells["focal point name"]
        if name and name != own.name:
            found.notes.append(_kept_name(own, name))
        return True, found


def _contradiction(facts, is_of_another):
    if is_of_another:
        words = _("%(code)s is %(name)s, not %(typed)s, which is another delegation. Correct the code or the name.")
    else:
        words = _("%(code)s is %(name)s, not %(typed)s. Correct the code, or leave the name out.")
    return words % facts


def _of_another(email, point):
    """What to say of an address on record for another delegation: if the row does not say so, and if it does."""
    facts = {"email": email, "name": point.delegation, "code": point.delegation.code}
    words = _("%(email)s is already a focal point of %(name)s. If it acts for both, write %(code)s in “also acts for”.")
    return words % facts, _("%(email)s acts for %(name)s too.") % facts


def _kept_name(point, typed):
    facts = {"typed": typed, "name": point.name, "email": point.email}
    if not point.name:
        return _("%(email)s is on record without a name; “%(typed)s” is not taken over.") % facts
    if spelling.key(typed) == spelling.key(point.name):
        return _("“%(typed)s” is another spelling of %(name)s; kept as %(name)s.") % facts
    return _("%(email)s is on record as %(name)s; “%(typed)s” is not taken over.") % facts


def _plain(text):
    return spelling.search_key(text).replace("_", " ").replace("-", " ")
