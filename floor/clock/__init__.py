"""The clock of a statement: elapsed and left, colours, limits, suspensions.  R-35 R-36

Not here: the time of day, which is the top-level package `clock`.
"""
