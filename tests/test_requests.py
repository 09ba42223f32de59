"""What a browser sends is read through the fields of a form, which clean it, and never as it comes."""

import ast

import pytest

from tests.test_architecture import ROOT, SOURCES

# Pages that hand on all that was sent, whatever it is, and the one that removes what is no key of a row.
WHOLE = {"speakers/views/outage.py", "secretariat/signing_in/sessions.py", "secretariat/site.py"}
SENT = {"POST", "GET", "FILES"}


def raw_reads(source):
    """Each place in the text of a module that reads one thing sent without a form, with the number of its line.

    Whether an address names something is a yes or no that needs no cleaning: `"shell" in request.GET`.
    """
    return [f"{node.lineno}: {ast.unparse(node)}" for node in ast.walk(ast.parse(source)) if _is_raw(node)]


def _is_raw(node):
    if isinstance(node, ast.Subscript | ast.Attribute):
        return _is_sent(node.value)
    return isinstance(node, ast.Compare) and any(_is_sent(each) and each.attr != "GET" for each in node.comparators)


def _is_sent(node):
    return isinstance(node, ast.Attribute) and node.attr in SENT and "request" in ast.unparse(node.value)


def test_no_page_reads_what_was_sent_without_a_form():
    found = {str(path.relative_to(ROOT)): raw_reads(path.read_text()) for path in SOURCES}

    assert {name: places for name, places in found.items() if places and name not in WHOLE} == {}


@pytest.mark.parametrize(
    "source",
    [
        'request.POST["act"]',
        'request.POST.get("act")',
        'self.request.GET.getlist("chosen")',
        'is_answer = "apply" in request.POST',
        'del request.POST["act"]',
        'request.FILES["file"]',
    ],
)
def test_the_check_notices_what_is_read_without_a_form(source):
    assert len(raw_reads(source)) == 1


@pytest.mark.parametrize("source", ["PressForm(request.POST)", "Form(request.POST or None)", '"shell" in request.GET'])
def test_the_check_leaves_a_form_alone(source):
    assert raw_reads(source) == []
