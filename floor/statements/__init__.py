"""The texts of statements: handed in, judged, counted, read.  R-40

Not here: who spoke and for how long (`record/`).
"""
