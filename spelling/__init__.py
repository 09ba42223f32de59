"""How what people type is compared: names, addresses, words to search for.  R-71

Part of the ground: it imports nothing of ours. Not here: what may be typed at all (`speakers/forms/typed.py`).
"""

from spelling.keys import address, key, search_key

__all__ = ["address", "key", "search_key"]
