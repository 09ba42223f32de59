"""Which modules and tests cite which rule: `python -m tests.rules` writes it into docs/rules-in-full.md."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IN_FULL = ROOT / "docs/rules-in-full.md"
RULE = re.compile(r"\bR-\d\d\b")
RANGE = re.compile(r"\bR-(\d\d) to R-(\d\d)\b")
PACKAGES = [
    *("acts", "clock", "printing", "processes", "retention", "journal", "outbox", "uploads", "dialogue"),
    *("speakers", "registration", "floor", "api", "mailbox", "secretariat", "config"),
]
HEAD = """# Rules in full

Every module and every test that cites a rule, by rule; written by `python -m tests.rules`. The page for people is
[`rules.md`](rules.md).
"""


def cited_in(text):
    """The numbers of all rules that `text` cites, those between the ends of a range too."""
    between = {f"R-{number:02}" for a, b in RANGE.findall(text) for number in range(int(a), int(b) + 1)}
    return set(RULE.findall(text)) | between


def citing(folders, pattern="*.py"):
    """The files under `folders` that cite a rule, as their path → the rules."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob(pattern) if path.is_file())
    found = {path.relative_to(ROOT).as_posix(): cited_in(path.read_text()) for path in paths}
    return {name: rules for name, rules in found.items() if rules and "/migrations/" not in name}


def in_full():
    """The text of docs/rules-in-full.md."""
    modules, tests = citing(PACKAGES), citing(["tests"], "test_*.py")
    rules = sorted(set().union(*modules.values(), *tests.values()))
    return HEAD + "".join(f"\n## {rule}\n\n{_lines(rule, modules)}\n\n{_lines(rule, tests)}\n" for rule in rules)


def _lines(rule, found):
    names = [name for name, rules in found.items() if rule in rules]
    return "\n".join(f"- `{name}`" for name in names) or "- none"


if __name__ == "__main__":
    IN_FULL.write_text(in_full())
