"""Forms of address, as the moderator reads them aloud: pure functions of what was inscribed.

A prefix that does not say whether a man or a woman is addressed (“H.E. Dr.”) is read as it was inscribed.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

import spelling
from dialogue.models import texts
from floor.models import Turn
from spelling.listing import in_a_row, listed

SPOKEN = {
    "H.E. Mr.": gettext_lazy("His Excellency Mr."),
    "H.E. Ms.": gettext_lazy("Her Excellency Ms."),
    "H.E. Mrs.": gettext_lazy("Her Excellency Mrs."),
}


def spoken_prefix(prefix: str) -> str:
    """A prefix as it is read aloud: “His Excellency Mr.” for “H.E. Mr.”"""
    return str(SPOKEN.get(prefix.strip(), prefix.strip()))


def spoken_name(turn: Turn) -> str:
    """The person of `turn` as announced, “His Excellency Mr. …”; empty while to be confirmed."""
    who = turn.who
    return f"{spoken_prefix(who.speaker_prefix)} {who.speaker_name}".strip() if who.speaker_name else ""


def delegation_in_full(turn: Turn) -> str:
    """The formal name of the delegation of `turn`, “the Republic of Rwanda”, or its short name.

    In a language in which no formal name is on record, it is the short one, so that a sentence is in one language.
    """
    if turn.of is None:
        return ""
    formal, short = turn.of.formal_name, turn.of.short_name
    is_alike = texts.language_of(formal) == texts.language_of(short)
    return (is_alike and str(formal)) or str(short)


def in_short(turn: Turn) -> str:
    """The speaker in a few words: the person and the delegation, or “the representative of …”."""
    name, delegation = spoken_name(turn), delegation_in_full(turn)
    if not delegation:
        return name
    if not name:
        return _("the representative of %(delegation)s") % {"delegation": delegation}
    return pgettext("person of a delegation", "%(name)s of %(delegation)s") % {"name": name, "delegation": delegation}


def in_full(turn: Turn, groups: Mapping[str, str] | None = None) -> str:
    """Person, functional title, delegation, group of `turn` and who joined, as read when giving the floor.

    `groups` are the full names of groups, with their article, by the short ones; any other name is read as it is.
    """
    words = _with_title(turn) if spoken_name(turn) else in_short(turn)
    group, joined = (groups or {}).get(turn.group, turn.group), listed(turn.joined)
    facts = {"who": words, "group": group, "joined": joined}
    if group and joined:
        return _("%(who)s, who will speak on behalf of %(group)s, joined by %(joined)s") % facts
    if group:
        return _("%(who)s, who will speak on behalf of %(group)s") % facts
    if joined:
        return _("%(who)s, who will make a joint statement with %(joined)s") % facts
    return words


def _with_title(turn):
    name, title, delegation = spoken_name(turn), turn.who.speaker_title.strip(), delegation_in_full(turn)
    if not title:
        return in_short(turn)
    if not delegation or _names(title, turn):
        return in_a_row([name, title])
    facts = {"name": name, "title": title, "delegation": delegation}
    return _("%(name)s, %(title)s of %(delegation)s") % facts


def _names(title, turn):
    """Does the functional `title` already name the delegation?"""
    said = spelling.key(title)
    return any(spelling.key(str(name)) in said for name in (turn.of.short_name, turn.of.formal_name) if str(name))


def announcement(turn: Turn, following: Turn | None = None, groups: Mapping[str, str] | None = None) -> str:
    """The sentence that gives `turn` the floor and says who follows.

    “I now give the floor to Her Excellency Ms. …, Minister for Foreign Affairs of …, to be followed by …”. A reply is
    announced as one, and so is a recorded video. `groups` as for `in_full`.
    """
    facts = {"who": in_full(turn, groups), "next": in_short(following) if following else ""}
    if turn.is_by_video:
        return _of_recording(turn, following) % {**facts, "presenter": turn.presenter}
    if turn.kind == turn.Kind.REPLY:
        words = _("I now give the floor to %(who)s, who has asked to speak in exercise of the right of reply.")
    elif turn.kind == turn.Kind.PANEL:
        words = _("I now invite %(who)s to reply.")
    elif following:
        words = _("I now give the floor to %(who)s, to be followed by %(next)s.")
    else:
        words = _("I now give the floor to %(who)s.")
    return words % facts


def _of_recording(turn, following):
    """The sentence before a recorded video: who presents it, if anyone does; and who follows."""
    if turn.presenter and following:
        return _(
            "I now give the floor to %(presenter)s, to present the recorded video statement of %(who)s, "
            "to be followed by %(next)s."
        )
    if turn.presenter:
        return _("I now give the floor to %(presenter)s, to present the recorded video statement of %(who)s.")
    if following:
        return _("We will now see the recorded video statement of %(who)s, to be followed by %(next)s.")
    return _("We will now see the recorded video statement of %(who)s.")


def thanks(turn: Turn) -> str:
    """The sentence after the statement of `turn`."""
    return _("I thank %(who)s.") % {"who": in_short(turn)}
