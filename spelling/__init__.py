"""What people type: how it is compared, and what may be typed at all.  R-71

Part of the ground: it imports nothing of ours. What may be typed at all is in `typed.py`, as fields of forms.
"""

from spelling.keys import address, key, search_key

__all__ = ["address", "key", "search_key"]
