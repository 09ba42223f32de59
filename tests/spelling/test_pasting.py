"""Codes and addresses as people paste them.  R-71"""

import pytest

from speakers.forms import CodeForm, EmailForm
from spelling import pasting
from spelling.typed import Addresses


@pytest.mark.parametrize(
    "pasted",
    [
        "jane@mission.example",
        " jane@mission.example.\u00a0",
        "Doe, Jane <jane@mission.example>",
        '"Doe, Jane (Mission)" <jane@mission.example>;',
        "<jane@mission.example>",
        "mailto:jane@mission.example",
        "jane@mission.example (Jane Doe)",
        "“jane@mission.example”,",
        "\u200ejane@mission\u200b.example\ufeff",
        "ｊａｎｅ＠ｍｉｓｓｉｏｎ．ｅｘａｍｐｌｅ",
        "\tJane\u3000Doe\u00a0<mailto:jane@mission.example>\n",
    ],
)
def test_an_address_is_taken_as_it_is_pasted(pasted):
    form = EmailForm({"email": pasted})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["email"] == "jane@mission.example"


@pytest.mark.parametrize(
    "pasted", ["jane doe@mission.example", "Jane <jane@mission.example>, Rick <rick@mission.example>", "jane", "<>"]
)
def test_what_holds_no_address_or_several_is_refused_as_it_was_typed(pasted):
    assert pasting.address(pasted) == pasted
    assert "email" in EmailForm({"email": pasted}).errors


def test_copies_are_taken_from_a_line_of_recipients_and_the_wrong_one_is_named():
    field = Addresses()
    recipients = "Doe, Jane <Jane@mission.example>; rick@mission.example, 'Roe' <rick@MISSION.example>"

    assert field.clean(recipients) == ["Jane@mission.example", "rick@mission.example"]
    with pytest.raises(Exception, match="“nonsense” is not an e-mail address"):
        field.clean("Doe, Jane <jane@mission.example>, nonsense")


@pytest.mark.parametrize(
    "pasted", ["12345678", "1234 5678", "1234-5678.", "１２３４５６７８", "12\u00a034–56\u200b78", "“12345678”"]
)
def test_a_code_is_taken_as_it_is_pasted(pasted):
    form = CodeForm({"code": pasted})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["code"] == "12345678"


def test_digits_of_any_script_and_small_letters_are_those_of_a_code():
    assert pasting.code("٠١٢ ab-c9.") == "012ABC9"
    assert pasting.code("–") == ""
