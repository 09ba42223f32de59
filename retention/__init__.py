"""How every app says which personal data it keeps, where, until when, and what stays for ever and why.  R-57

Each app has a module `retention.py` with `FIELDS` (what becomes of each of its fields that can hold a text), and with
`PLACES` and `STANDING` where it keeps personal data. `secretariat/erasing.py` finds and carries out all of them;
nothing here knows any app.
"""

from retention.fates import WORD, erased, kept
from retention.places import Place, Standing, with_the_declined

__all__ = ["WORD", "Place", "Standing", "erased", "kept", "with_the_declined"]
