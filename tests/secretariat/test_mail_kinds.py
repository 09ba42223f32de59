"""Every kind of mail has a label; staff never see its stored name."""

import ast

import pytest
from django.conf import settings
from django.urls import reverse

from outbox import kinds, posting
from outbox.models import Message
from speakers.mail import programme_release, writing
from tests.secretariat import pages

TEMPLATES = sorted(
    path for path in (settings.BASE_DIR / "templates").glob("*/mail/*.txt") if not path.name.startswith("_")
)
CODES = {"speakers.sign_in": "sign-in"}


def kind_of(path):
    kind = f"{path.parts[-3]}.{path.stem}"
    return CODES.get(kind, kind)


@pytest.mark.parametrize("kind", [*map(kind_of, TEMPLATES), writing.KIND, programme_release.KIND])
def test_every_kind_of_mail_has_a_name(kind):
    assert kinds.label(kind) != kind


def test_every_name_is_that_of_a_mail_and_no_two_are_the_same():
    assert set(kinds.named()) == {*map(kind_of, TEMPLATES), writing.KIND, programme_release.KIND}
    assert len({str(name) for name in kinds.named().values()}) == len(kinds.named())


def test_every_kind_that_is_written_out_in_the_code_is_known():
    packages = ["speakers", "registration", "floor", "dialogue", "secretariat", "config"]
    trees = [ast.parse(path.read_text()) for name in packages for path in (settings.BASE_DIR / name).rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    posts = [call for call in calls if ast.unparse(call.func) in {"posting.post", "mailing.post"}]
    given = [word.value for call in posts for word in call.keywords if word.arg == "kind"]

    assert len(posts) >= 6
    assert {value.value for value in given if isinstance(value, ast.Constant)} <= set(kinds.named())


def test_a_former_kind_is_shown_as_it_is_stored():
    assert kinds.label("speakers.of_old") == "speakers.of_old"


def test_the_desk_shows_the_names_in_list_filter_and_detail(reader):
    for kind in ["speakers.acknowledgement", "registration.approved"]:
        posting.post(key=kind, kind=kind, to=["a@missions.example"], subject="A subject", body="Text.\n")
    page = reverse("admin:outbox_message_changelist")

    in_list = pages.text(reader.get(page))
    chosen = pages.text(reader.get(page, {"kind": "registration.approved"}))
    approved = Message.objects.get(kind="registration.approved")
    in_detail = pages.text(reader.get(reverse("admin:outbox_message_change", args=[approved.pk])))

    assert in_list.count("Acknowledgement of an inscription") == 2
    assert "speakers.acknowledgement" not in in_list
    assert "1 row" in chosen
    assert "Ticket: approved" in in_detail
