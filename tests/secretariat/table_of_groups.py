"""Who may do what, as docs/secretariat.md prints it; `python -m tests.secretariat.table_of_groups` writes it."""

import os
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/secretariat.md"
COMMAND = "python -m tests.secretariat.table_of_groups"
BEGIN, END = f"<!-- Written by {COMMAND} -->\n", "<!-- Until here -->\n"


def text():
    """The groups, each in a sentence; then each act with the groups that may do it."""
    groups = [f"| {name} | {sentence} |" for name, sentence in sentences().items()]
    acts = [f"| {act} | {', '.join(who)} |" for act, who in who_may().items()]
    return "\n".join(["| Group | |", "|---|---|", *groups, "", "| To | May |", "|---|---|", *acts, ""])


def sentences():
    """What each group does, in the order of the tables."""
    from secretariat import permitting

    found = {}
    for table in permitting.tables():
        found |= getattr(table, "GROUPS", {})
    return found


def who_may():
    """For each act in words, the groups that may do it; what everyone sees comes first."""
    from secretariat import permitting

    permitted = permitting.acts()
    acts = dict.fromkeys(act for group in sentences() for act in permitted[group])
    return {act: [group for group in sentences() if act in permitted[group]] for act in acts}


def printed():
    """What stands in the page now."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


def rewrite():
    """Put the tables as they are into the page."""
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(before + begin + text() + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    rewrite()
