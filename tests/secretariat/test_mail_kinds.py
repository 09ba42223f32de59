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
# Every kind by whom one act sends it to: a new one is decided here, and in the `mail_kinds` of its app.
TO_ONE = {
    "sign-in",
    "floor.alert",
    "registration.link",
    "registration.received",
    "registration.received_representative",
    "registration.new_page",
    "registration.cancelled",
    "registration.manifest_due",
    *(
        f"speakers.{name}"
        for name in (
            "acknowledgement",
            "changed",
            "former_address",
            "withdrawn",
            "verified",
            "sitting",
            "refused",
            "swap",
            "joint",
            "joint_named",
            "late_filed",
            "late_declined",
            "extension",
            "extension_ended",
            "interest",
            "interest_withdrawn",
            "notice_inscribed",
            "notice_changed",
            "notice_sitting",
            "notice_withdrawn",
            "notice_established",
            "notice_deadline",
            "notice_drawn",
            "notice_order",
            "notice_terms",
            "notice_swap",
            "notice_joint",
            "notice_late_filed",
            "notice_interest",
            "notice_digest",
            "notice_extension",
            "notice_extension_ended",
            "notice_guesses",
        )
    ),
}
TO_MANY = {
    "floor.in_lieu",
    *(
        f"registration.{name}"
        for name in (
            "approved",
            "declined",
            "waitlisted",
            "offered",
            "lapsed",
            "expired",
            "review_again",
            "voucher",
            "selected",
            "not_selected",
        )
    ),
    *(
        f"speakers.{name}"
        for name in (
            "established",
            "deadline",
            "interest_deadline",
            "drawn",
            "order",
            "terms",
            "reminder",
            "confirm_speaker",
            "no_seat",
        )
    ),
    programme_release.KIND,
    writing.KIND,
}


def kind_of(path):
    kind = f"{path.parts[-3]}.{path.stem}"
    return CODES.get(kind, kind)


@pytest.mark.parametrize("kind", [*map(kind_of, TEMPLATES), writing.KIND, programme_release.KIND])
def test_every_kind_of_mail_has_a_name(kind):
    assert kinds.label(kind) != kind


def test_every_name_is_that_of_a_mail_and_no_two_are_the_same():
    assert set(kinds.named()) == {*map(kind_of, TEMPLATES), writing.KIND, programme_release.KIND}
    assert len({str(name) for name in kinds.named().values()}) == len(kinds.named())


def test_of_every_kind_it_is_decided_whether_it_goes_to_one_or_to_many_and_so_waits():
    assert kinds.to_many() == TO_MANY
    assert set(kinds.named()) - TO_MANY == TO_ONE
    assert kinds.of_the_moment() | kinds.receipts() <= TO_ONE


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
