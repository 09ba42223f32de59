"""What moves standing entries of a list: pins, swaps, draws, a change of policy.  R-20 R-21 R-26

Not here: the content of an entry (`entries/`), and how places follow from stored facts (`order/`).
"""
