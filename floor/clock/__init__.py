"""The clock of a statement: time elapsed and time left, colours, limits, suspensions.  R-35 R-36

Not here: the time of day, which is the top-level package `clock`.
"""
