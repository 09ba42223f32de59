"""What becomes of a field that can hold a text, once the personal data of its meeting are due.  R-57"""

# The fate of a field that is emptied, or goes with its row; any other fate is the reason why it is kept.
ERASED = ""


def erased(*fields):
    """These `fields` are erased, as a dictionary of fates."""
    return dict.fromkeys(fields, ERASED)


def kept(reason, *fields):
    """These `fields` stay, for the `reason` given, as a dictionary of fates."""
    return dict.fromkeys(fields, reason)


# What stands in the place of a word that a constraint of the database wants.
WORD = "erased"
