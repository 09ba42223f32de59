"""Every act that the code records has a sentence, not only a name.  R-58"""

import ast

import pytest
from django.conf import settings

from dialogue.releasing import RELEASED
from floor.clock.suspensions import RESUMED, SUSPENDED
from journal import act_words
from journal.erasing import ERASED
from registration.manifests.freezing import FROZEN as MANIFEST_FROZEN
from secretariat.signing_in import limits
from speakers.publishing.revisions import FROZEN

PACKAGES = ["secretariat", "config", "dialogue", "floor", "journal", "outbox", "registration", "speakers", "webhooks"]
# The names of the parameter in which a function takes the name of an act.
NAMED = {"act", "act_name", "verb"}
# Other words that the search finds, which are not acts.
NO_ACTS = {"act", "inscription", "meeting"}


def takers(trees):
    """The functions that take the name of an act, by their names, with its position among the arguments."""
    found = {}
    for node in [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        found.setdefault(node.name, set()).update(names.index(name) for name in NAMED & set(names))
    return found


def acts_in(trees):
    """The names of acts in the modules `trees`: lower-case words passed to a function that takes one, or as `act`."""
    by_name, handed = takers(trees), []
    for node in [node for tree in trees for node in ast.walk(tree)]:
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            handed += [node.args[at] for at in by_name.get(name, ()) if at < len(node.args)]
            handed += [keyword.value for keyword in node.keywords if keyword.arg in NAMED]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in NAMED:
            handed.append(node.value)
    words = [node.value for value in handed for node in ast.walk(value) if isinstance(node, ast.Constant)]
    return sorted({word for word in words if isinstance(word, str) and word[:1].islower()})


def recorded_acts():
    paths = [path for name in PACKAGES for path in (settings.BASE_DIR / name).rglob("*.py")]
    return acts_in([ast.parse(path.read_text()) for path in paths if path.parent.name != "migrations"])


# Acts whose names stand in a constant, because something else reads them.
NAMED_ONCE = {SUSPENDED, RESUMED, ERASED, RELEASED, FROZEN, MANIFEST_FROZEN}
NAMED_ONCE |= {limits.ACCOUNT_REACHED, limits.NETWORK_REACHED, limits.CODES_REACHED}


@pytest.mark.parametrize("act", sorted({*recorded_acts(), *NAMED_ONCE} - NO_ACTS))
def test_every_recorded_act_has_a_sentence(act):
    assert act in act_words.told()


def test_the_search_finds_acts_however_they_are_handed_on():
    source = """
def record(act, entry): ...
def _keep(self, turn, verb, reason=""): record(verb, turn)
record("level changed", entry)
self._keep(turn, "present" if here else "away", "no act")
do(act="put")
act = "frozen again"
"""

    assert acts_in([ast.parse(source)]) == ["away", "frozen again", "level changed", "present", "put"]
    assert len(recorded_acts()) > 100


def test_a_sentence_names_who_and_whom():
    assert act_words.sentence("pinned", entry="Kenya", other="Chile") == "Kenya was placed before Chile"


def test_an_act_without_a_sentence_is_shown_by_its_name():
    assert act_words.sentence("never heard of", entry="Kenya", other="") == "Kenya: never heard of"
