"""The front page: what needs the person who reads it, the meetings they work on, and all else, folded."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from secretariat import attention
from secretariat.permitted_links import may_act, may_open, without_shut_doors
from secretariat.workspace.beginning import lists_to_come, work_of

SEES_MEETINGS = "dialogue.view_meeting"


def content(
    user: Any, at: datetime, seen: dict[str, datetime], ahead: timedelta, told: list[attention.Block]
) -> dict[str, Any]:
    """What the front page of `user` shows at the real moment `at`: `needs`, `work` and `rest`.

    `seen` and `ahead` are the signs of life of the machinery and of its clock; `told` stands before all other blocks.
    One statement for a person who may not see meetings, and for others those of `attention.survey`.
    """
    if not user.has_perm(SEES_MEETINGS):
        work = work_of(user, lists_to_come(at))
        return {"needs": [], "rest": [], "work": work, "may_do_nothing": not user.get_all_permissions()}
    found = attention.facts(at, seen)
    blocks = [*told, *attention.survey_of(found, clock_ahead=ahead)]
    main = [each for each in found.lists if not each.slug]
    return {
        "needs": _parts_of(blocks, lambda line: line.is_urgent and _is_for(user, line), user),
        "rest": _parts_of(blocks, lambda line: not (line.is_urgent and _is_for(user, line)), user, whole=True),
        "work": work_of(user, main),
    }


def _is_for(user, line):
    """Is it `user` who can do something about `line`?"""
    return may_open(user, line.address) and may_act(user, line.address)


def _parts_of(blocks, is_shown, user, *, whole=False):
    """The `blocks` with the lines that are shown, and no others without any; the forecast stands with the `whole`."""
    shown = [replace(block, lines=[line for line in block.lines if is_shown(line)]) for block in blocks]
    kept = [block if whole else replace(block, ahead=None, plot=None) for block in shown if block.lines]
    return without_shut_doors(kept, user)
