"""Which levels a list has, changed after its opening.  R-19 R-61"""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from speakers.consistency import out_of_classes
from speakers.models import Level, SpeakersList
from spelling.listing import listed


def objection(
    speakers_list: SpeakersList, *, classes: Mapping[str, int], added: Mapping[str, int], removed: Collection[str]
) -> tuple[str, str] | None:
    """Why its levels cannot get these `classes`, be `added` with theirs or `removed`; None if they can.

    All are codes of levels. The answer is a sentence, and the field at fault. A level that an entry, a late request or
    a limit has is not removed.
    """
    for code, number in {**classes, **added}.items():
        if words := out_of_classes(code, number):
            return words, "added" if code in added else f"class_{code}"
    there = {each["code"]: str(LazyI18nString(each["label"])) for each in speakers_list.levels or []}
    if words := _objection_to_added(there, added):
        return words, "added"
    if words := _objection_to_removed(speakers_list, there, set(removed), added):
        return words, "removed"
    return None


def _objection_to_added(there, added):
    if already := [there[code] for code in added if code in there]:
        return _("Already on the list: %(levels)s.") % {"levels": listed(already)}
    if unknown := added.keys() - set(Level.objects.values_list("code", flat=True)):
        return _("There is no such level: %(levels)s.") % {"levels": listed(sorted(unknown))}
    return ""


def _objection_to_removed(speakers_list, there, removed, added):
    if unknown := removed - there.keys():
        return _("Not on the list: %(levels)s.") % {"levels": listed(sorted(unknown))}
    if removed == there.keys() and removed and not added:
        return _("A list has at least one level.")
    holders = [
        *speakers_list.inscriptions.active().filter(level__code__in=removed).select_related("delegation", "level"),
        *speakers_list.late_requests.waiting().filter(level__code__in=removed).select_related("delegation", "level"),
    ]
    if holders:
        facts = {
            "levels": listed(sorted({there[each.level.code] for each in holders})),
            "holders": listed(str(each.delegation) for each in holders),
        }
        return _("Not removed, because entries have this level: %(levels)s (%(holders)s).") % facts
    if limited := [there[row["level"]] for row in speakers_list.limits if row["level"] in removed]:
        return _("Take the limit of this level out first: %(levels)s.") % {"levels": listed(limited)}
    return ""


def apply(speakers_list: SpeakersList, *, added: Mapping[str, int], removed: Collection[str]) -> None:
    """Give the `speakers_list`, whose terms are fixed, the `added` levels, last in their classes."""
    stored = Level.objects.in_bulk(list(added), field_name="code") if added else {}
    kept = [each for each in speakers_list.levels or [] if each["code"] not in removed]
    for code, number in added.items():
        level = stored[code]
        level.precedence_class = number
        following = (index for index, each in enumerate(kept) if each["precedence_class"] > number)
        kept.insert(next(following, len(kept)), level.plain())
    speakers_list.levels = kept
