"""The life of an entry, from the form to the call, and of the list that takes it: opening, deadline, closing.

Here: inscribing, verifying, changing, withdrawing, late requests, extensions, civil society on the list. Not here: what
moves an entry without changing its content (`moves/`).
"""
