"""When each turn is likely to come, and whether there is time for all.  R-42 to R-44

Here: the arithmetic of turns, the forecast of a list, its plot, its wording and a calendar file. Not here: the
forecast during the meeting, which learns from the room (`floor/forecast/`).
"""
