"""No template joins what it puts in by a mark of its own: marks are those of the language.  `docs/glossary/style.md`"""

import re

import pytest
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
SENTENCE = re.compile(r"{% blocktranslate\b.*?{% endblocktranslate %}", re.S)
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.S)
# What is put in or ends here, the tags about it, and a mark before a space, a tag or what is put in next.
PUT_IN = r"(?:}}|%}|¶)(?:</?\w[^<>]*>)*"
GLUED = re.compile(PUT_IN + r"""(?:[,;:.?!](?=[\s<{¶]|$)| \((?=[{¶]))|\|join:["'][^"'\w-]* [^"'\w-]*["']""")
# What is typed and read in the same way in every language, and addresses.
SAME_IN_ALL = {
    "admin/import.html": ['{{ columns|join:", "', '{{ categories|join:", "'],  # the columns of a file, in code
    "floor/_advice.html": ['{% url "floor:limits" meeting.slug %}?{{'],
    "registration/mail/received.txt": ["{{ forloop.counter }}. "],  # numbers of a list in plain text
    "speakers/mail/_places.txt": ["{{ place.number }}. "],
    "speakers/_swap_choice.html": ["{{ choice.place.number }}.<"],
}


def glued(text):
    """The places in the `text` of a template where a mark joins what is put in, as they stand there."""
    plain = SENTENCE.sub("¶", COMMENT.sub("", text))
    return [plain[max(0, each.start() - 60) : each.end() + 10] for each in GLUED.finditer(plain)]


def test_no_template_joins_words_by_a_mark_of_one_language():
    found = {}
    for path in sorted(each for each in TEMPLATES.rglob("*.*") if each.suffix in {".html", ".txt"}):
        name = path.relative_to(TEMPLATES).as_posix()
        known = SAME_IN_ALL.get(name, [])
        found[name] = [each for each in glued(path.read_text()) if not any(part in each for part in known)]

    assert {name: places for name, places in found.items() if places} == {}


def test_each_exception_still_stands():
    for name, parts in SAME_IN_ALL.items():
        places = glued((TEMPLATES / name).read_text())
        assert all(any(part in each for each in places) for part in parts), name


@pytest.mark.parametrize(
    "template",
    [
        "{{ label }}: {{ value }}",
        "{{ name }}, {{ email }}",
        "<bdi>{{ name }}</bdi>, <bdi>{{ email }}</bdi>",
        '{{ name }}<span class="visually-hidden">: {{ what }}</span>',
        '<strong>{% translate "It stays" %}.</strong>',
        "{{ day }}{% if hours %}, {% blocktranslate %}from {{ hours }}{% endblocktranslate %}{% endif %}",
        "{{ name }} ({{ code }})",
        '{{ names|join:", " }}',
        '{{ sentences|join:" " }}',
    ],
)
def test_a_joining_mark_is_found(template):
    assert glued(template) != []


@pytest.mark.parametrize(
    "template",
    [
        "{{ label|named:value }}",
        "{% blocktranslate %}{{ name }}, {{ email }}.{% endblocktranslate %}",
        '{{ first }}{% translate ", " context "between words in a row" %}{{ second }}',
        '{{ address|join:"-" }}',
        "{# {{ a }}: {{ b }} #}",
    ],
)
def test_marks_of_the_language_are_left(template):
    assert glued(template) == []
