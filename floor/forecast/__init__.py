"""The forecast during the meeting, which learns from the statements delivered.  R-42 to R-45

Not here: the arithmetic, which the forecast before the meeting shares (`speakers/forecast/`).
"""
