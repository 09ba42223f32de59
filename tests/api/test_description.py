"""Every answer of the interface is what its OpenAPI document promises, for any request.  R-29"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from config.wsgi import application
from speakers.publishing import revisions
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting, make_panel

KNOWN = {"slug": "dialogue", "list_slug": "panel", "number": 1}
PATHS = [
    "/api/v1/meetings",
    "/api/v1/meetings/{slug}",
    "/api/v1/meetings/{slug}/programme",
    "/api/v1/meetings/{slug}/list",
    "/api/v1/meetings/{slug}/revisions",
    "/api/v1/meetings/{slug}/revisions/{number}",
    "/api/v1/meetings/{slug}/lists",
    "/api/v1/meetings/{slug}/lists/{list_slug}",
    "/api/v1/meetings/{slug}/lists/{list_slug}/list",
    "/api/v1/meetings/{slug}/lists/{list_slug}/revisions",
    "/api/v1/meetings/{slug}/lists/{list_slug}/revisions/{number}",
    "/api/v1/meetings/{slug}/room",
    "/api/v1/meetings/{slug}/record",
    "/api/v1/meetings/{slug}/statements",
    "/api/v1/meetings/{slug}/lists/{list_slug}/record",
    "/api/v1/meetings/{slug}/lists/{list_slug}/statements",
]
bounded = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@pytest.fixture
def one_connection():
    """Requests go through the real application, and the test's own database connection outlives them."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def description(db, one_connection):
    """The document as a site with one meeting, two lists of it and one revision of each serves it."""
    meeting = make_meeting(shows_speaker_names=True)
    for each in (meeting.speakers_list, make_panel(meeting)):
        make_inscription(each.meeting_at_hand, make_delegation("RWA", "Rwanda"))
        revisions.publish(each, by=STAFF, at=OPEN)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def test_the_paths_asked_here_are_all_there_are(description):
    assert sorted(description) == sorted(PATHS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "not valid"])
@pytest.mark.parametrize("path", PATHS)
def test_every_request_gets_an_answer_that_the_description_promises(description, path, mode):
    if mode is GenerationMode.NEGATIVE and "{" not in path:
        return  # nothing that could be invalid

    @given(case=description[path]["GET"].as_strategy(generation_mode=mode))
    @bounded
    def ask(case):
        case.call_and_validate()

    ask()


@pytest.mark.parametrize("path", PATHS)
def test_existing_objects_have_the_promised_shape(description, path):
    names = {name: value for name, value in KNOWN.items() if f"{{{name}}}" in path}

    response = description[path]["GET"].Case(path_parameters=names).call_and_validate()

    assert response.status_code == 200


def test_the_check_notices_a_shape_that_was_not_promised(description, monkeypatch):
    monkeypatch.setattr("api.interface.documents.live", lambda meeting, at: {"speakers": "none"})
    case = description["/api/v1/meetings/{slug}/list"]["GET"].Case(path_parameters={"slug": "dialogue"})

    with pytest.raises(FailureGroup):
        case.call_and_validate()
