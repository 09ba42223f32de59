"""Lists whose seats are given by selection: delegations express their interest, staff select, the others are told.

Not here: the entry that a seat becomes, and everything that happens to it from then on (`entries`).
"""
