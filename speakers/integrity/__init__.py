"""Is a list whole: its receipts, its draws and its revisions against its chain in the journal. It changes nothing.

The list as the journal alone rebuilds it is in `order/replaying.py`, the chain of revisions in `publishing`.  R-77
"""
