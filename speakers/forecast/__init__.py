"""When each turn is likely to come, and whether the time suffices.  R-42 to R-44

Here: the arithmetic of turns, the forecast of a list, its picture, its words and a calendar file. Not here: the
forecast while the meeting goes, which learns from the room (`floor/forecast/`).
"""
