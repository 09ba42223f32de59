"""Templates ask objects only for what these have: Django shows nothing for a name that is wrong."""

import re
from pathlib import Path

import pytest

from dialogue.models import Meeting
from speakers.models import Inscription, LateRequest, SpeakersList

TEMPLATES = sorted(path for path in Path("templates").rglob("*") if path.suffix in {".html", ".txt", ".xml"})
OBJECTS = {"meeting": Meeting, "inscription": Inscription, "speakers_list": SpeakersList, "late": LateRequest}
# What a query adds to the list of the public page.
ADDED = {"newest_revision", "newest_as_at"}
ASKED = re.compile(r"{[{%][^}%]*[}%]}")
# In the name of a file, or in words, a point is no question.
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def asked_of(name, text):
    """What tags and variables in `text` ask of the object `name`."""
    within = QUOTED.sub("", " ".join(ASKED.findall(text)))
    return set(re.findall(rf"\b{name}\.([a-z_]+)", within))


def known_of(model):
    """The names that an object of `model` has."""
    return set(dir(model)) | {field.name for field in model._meta.get_fields()} | ADDED


@pytest.mark.parametrize("name", OBJECTS)
def test_a_template_asks_an_object_only_for_what_it_has(name):
    known = known_of(OBJECTS[name])
    asked = {f"{path}: {name}.{each}" for path in TEMPLATES for each in asked_of(name, path.read_text()) - known}

    assert asked == set()


def test_a_wrong_name_is_found():
    assert asked_of("meeting", "{% if meeting.swaps_need_approval %}") - known_of(Meeting) == {"swaps_need_approval"}
