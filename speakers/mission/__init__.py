"""What a mission has of its own at all meetings: its entries, what waits for it, its deadlines, its calendar.  R-59

Here: reading it in a few statements, and what of it waits for an answer. Not here: the acts by which it answers
(`moves/`, `entries/`), and the pages (`views/home.py`).
"""
