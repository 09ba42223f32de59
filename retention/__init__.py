"""How each app declares which personal data it keeps, where, until when, and what stays for ever and why.  R-57

Each app has a module `retention.py` with `FIELDS` (what becomes of each field that can hold a text), and with `PLACES`
and `STANDING` if it keeps personal data. `secretariat/erasing.py` finds all of them and carries them out; nothing here
knows any app.
"""

from retention.fates import WORD, erased, kept
from retention.places import Place, Standing, with_the_declined

__all__ = ["WORD", "Place", "Standing", "erased", "kept", "with_the_declined"]
