"""The forecast while the meeting goes: it learns from what was delivered.  R-42 to R-45

Not here: the arithmetic, which is shared with the days before (`speakers/forecast/`).
"""
