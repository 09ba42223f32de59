"""What moves entries that stand on a list: pins, swaps, draws, another policy.  R-20 R-21 R-26

Not here: what an entry itself says (`entries/`), and how places follow from stored facts (`order/`).
"""
