"""The texts of statements: handed in, screened, counted, read.  R-40

Not here: who spoke and for how long (`record/`).
"""
