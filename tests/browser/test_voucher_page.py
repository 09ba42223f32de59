"""The voucher in a real browser: on a telephone and at a desk, light and dark, in two directions of writing.  R-51

On every page: axe finds nothing wrong, the content security policy stops nothing, no request goes to another site.
"""

import pytest
from playwright.sync_api import expect

from dialogue.models import Contact
from registration.decisions import deciding, releasing
from registration.requests import ending
from tests.browser.visitor import NARROW, WIDE
from tests.factories import OPEN, STAFF, make_meeting
from tests.registration.factories import make_representative, make_request, make_ticketing
from tests.registration.typing import links_mailed_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]


@pytest.fixture
def voucher(served):
    """Make an approved representative of a request in `language`. Returns them and the address of their voucher."""
    meeting = make_meeting()
    make_ticketing(meeting)
    Contact.objects.create(meeting=meeting, role="civil_society", name="Office", email="tickets@office.example")

    def make(language, first_name, last_name):
        request = make_request(meeting, language=language)
        person = make_representative(request=request, first_name=first_name, last_name=last_name)
        deciding.approve(person, by=STAFF, at=OPEN)
        releasing.release(person, by=STAFF, at=OPEN)
        return person, served + links_mailed_to(person.email, "registration.voucher")[-1]

    return make


@pytest.mark.parametrize(("viewport", "colours"), LOOKS)
@pytest.mark.parametrize(
    ("language", "first_name", "last_name", "title"),
    [
        ("en", "Ada", "Lovelace", "Voucher for a special event ticket"),
        ("ar", "ليلى", "حداد", "قسيمة للحصول على تذكرة مناسبة خاصة"),
        ("zh-hans", "小明", "王", "特别活动入场券兑换券"),
    ],
)
def test_a_voucher_has_nothing_wrong(visit, voucher, viewport, colours, language, first_name, last_name, title):
    visitor = visit(viewport=viewport, color_scheme=colours)
    _person, address = voucher(language, first_name, last_name)

    visitor.page.goto(address)

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(title)
    expect(visitor.page.locator(".voucher-person dd")).to_have_text(f"{first_name} {last_name}")
    assert visitor.page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if language == "ar" else "ltr")
    size = visitor.page.locator(".voucher-code svg").bounding_box()
    assert size["width"] == size["height"] > 200
    visitor.finds_nothing_wrong()


def test_a_revoked_voucher_says_so_and_has_nothing_wrong(visit, voucher):
    visitor = visit(viewport=NARROW)
    person, address = voucher("fr", "Ada", "Lovelace")
    ending.cancel(person, by=STAFF, at=OPEN)

    answer = visitor.page.goto(address)

    assert answer.status == 410
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Ce bon n’est plus valable")
    visitor.wrong.clear()  # the browser's console names the status of the page
    visitor.finds_nothing_wrong()
