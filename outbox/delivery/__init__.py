"""From a stored mail to a mail server: claiming, sending, retrying, sweeping, setting aside.  R-10

Not here: how a mail becomes a row (`posting.py`) and what staff do with one (`desk.py`).
"""
