"""A delegation is typed where there are too many for a pull-down: any of its names, or its code.  R-71 R-72"""

import uuid

import pytest
from django import forms

import clock
from speakers.delegations import loading
from speakers.forms.choices import OneDelegation
from speakers.models import Delegation
from tests.factories import OPEN, STAFF, make_delegation, make_meeting, signed_in

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    delegation = OneDelegation()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["delegation"].offer(Delegation.objects.who_inscribe)


@pytest.fixture
def register():
    loading.load(by=STAFF, at=OPEN)


TAKEN = {
    "RWA": "RWA",
    "rwanda": "RWA",
    " Ｒｗａｎｄａ\u00a0": "RWA",
    "turkiye": "TUR",
    "Côte d’Ivoire": "CIV",
    "Cote d'Ivoire": "CIV",
    "Ivory Coast": "CIV",
    "Bolivia": "BOL",
    "Niger": "NER",
    "卢旺达": "RWA",
}


def test_a_delegation_is_taken_by_any_of_its_names_and_what_names_none_or_several_is_refused_and_stays(register):
    for typed, code in TAKEN.items():
        form = Form({"delegation": typed})
        assert form.is_valid(), (typed, form.errors)
        assert form.cleaned_data["delegation"].code == code
    for typed in ["Korea", "Atlantis", "<b>", "123"]:
        form = Form({"delegation": typed})
        assert "does not say which delegation" in form.errors["delegation"][0]
        assert form["delegation"].value() == typed


def test_the_form_of_an_address_not_on_record_suggests_delegations_and_takes_a_typed_one():
    with clock.stopped(OPEN):
        meeting = make_meeting()
        make_delegation("RWA", "Rwanda")
        browser, address = signed_in("someone@elsewhere.example"), "/meetings/dialogue/speakers/inscribe/"
        page = browser.get(address).content.decode()
        typed = {"key": str(uuid.uuid4()), "delegation": "rwanda", "capacity": "national", "level": "PR"}
        typed |= {"speaker_name": "Ada Example", "contact_name": "Ada", "contact_email": "Doe, A <a@elsewhere.example>"}
        answer = browser.post(address, typed | {"language": "en"})

    assert '<option value="Rwanda"></option>' in page
    assert 'list="id_delegation_list"' in page
    assert answer.status_code == 302
    entry = meeting.speakers_list.inscriptions.get()
    assert (entry.delegation.code, entry.contact_email, entry.state) == ("RWA", "a@elsewhere.example", "unverified")
