"""How much a page does, in calls of Python functions: it is the same on every machine, where time is not."""

from cProfile import Profile


def calls_of(act):
    """How many functions `act()` calls, once it has been done and what is kept for later is kept."""
    act()
    with Profile(builtins=False) as profile:
        act()
    return sum(each.callcount for each in profile.getstats())


def calls_of_a_row(page, grow):
    """How many calls one more row costs, if `grow(count)` makes a list longer that `page()` shows."""
    counts = []
    for rows in (20, 120):
        grow(rows)
        counts.append(calls_of(page))
    return (counts[1] - counts[0]) / 100
