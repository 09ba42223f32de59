"""Which of the rules of procedure apply by analogy; each is a switch of the meeting.  R-39"""

from floor.acts import acting


def switch(meeting, *, allows_points_of_order, allows_replies, by, at):
    """Switch points of order and the right of reply on or off. Journals what changed."""
    wanted = {"allows_points_of_order": allows_points_of_order, "allows_replies": allows_replies}

    def act(floor):
        changed = {name: value for name, value in wanted.items() if getattr(floor.room, name) != value}
        if changed:
            acting.keep_room(floor.room, "switched", by=by, at=at, **changed)

    acting.on_the_floor(meeting, act, at=at)
