"""The catalogues: brought up to date, checked and compiled without any other program.  `script/messages`"""

import gettext
import os
import re

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from deploy.messages import __main__ as program
from deploy.messages import checking, data, files, glossary, source

TERMS = """term,ar,zh-hans,fr,ru,es,source,note
list of speakers,,,liste des orateurs|listes des orateurs,,,A/520,-
speaker,,,orateur*,,,A/520,-
list,,,liste*,,,usage,-
party,,,fête,,,usage,untested: has two meanings
"""
KEPT = "language,text\nfr,Message\nru,Django\n*,Excel\n"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {plural}\\n"\n\n'


@pytest.fixture
def project(tmp_path):
    """A small project, with the glossary."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/words.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext\n"
        'A, B = _("Good morning"), ngettext("%(n)d seat", "%(n)d seats", 2)\n'
        '# Translators: of a meeting\nC = pgettext("meeting", "Open")\n'
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(
        "{% load i18n %}<p>it's</p>\n    {% blocktranslate trimmed count n=n %}\n  {{ n }} list\n"
        '{% plural %}{{ n }} lists{% endblocktranslate %}{% translate "Good morning" %}\n'
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/more.py").write_text('from django.utils.translation import gettext as _\n_("Not of the site")\n')
    (tmp_path / "docs/glossary").mkdir(parents=True)
    (tmp_path / "docs/glossary/terms.csv").write_text(TERMS)
    (tmp_path / "docs/glossary/kept.csv").write_text(KEPT)
    files.update(tmp_path, source.messages(tmp_path))
    return tmp_path


def test_the_catalogues_of_the_site_are_up_to_date_and_those_that_are_offered_are_complete():
    locales = [program.locale_of(code) for code, _name in settings.LANGUAGES if code in settings.SITE_LANGUAGES]

    assert program.faults(settings.BASE_DIR, locales) == []


def test_what_modules_and_templates_say_comes_in_once_in_their_order_with_its_files(project):
    text = files.path_of(project, "fr").read_text()

    assert [line for line in text.splitlines() if line.startswith(("msgid", "msgctxt", "#."))] == [
        'msgid ""',
        'msgid "%(n)d seat"',
        'msgid_plural "%(n)d seats"',
        'msgid "Good morning"',
        "#. of a meeting",
        'msgctxt "meeting"',
        'msgid "Open"',
        'msgid "%(n)s list"',
        'msgid_plural "%(n)s lists"',
    ]
    assert "#: app/words.py templates/page.html\n" in text
    assert files.path_of(project, "ar").read_text().count("msgstr[5]") == 2


def test_what_is_translated_stays_and_what_is_gone_goes_without_a_guess(project):
    path = files.path_of(project, "fr")
    path.write_text(path.read_text().replace('"Good morning"\nmsgstr ""', '"Good morning"\nmsgstr "Bonjour"'))
    words = (project / "app/words.py").read_text()

    (project / "app/words.py").write_text(words.replace("Open", "Opens"))
    files.update(project, source.messages(project))
    once = path.read_text()
    files.update(project, source.messages(project))

    assert path.read_text() == once
    assert 'msgid "Good morning"\nmsgstr "Bonjour"\n' in once
    assert 'msgid "Opens"\nmsgstr ""\n' in once
    assert "#~" not in once
    assert "fuzzy" not in once


def test_a_catalogue_that_is_not_up_to_date_is_named(project):
    assert program.faults(project, []) == []

    (project / "app/words.py").write_text('from django.utils.translation import gettext as _\n_("Good evening")\n')

    assert program.faults(project, [])[0] == (
        "locale/ar/LC_MESSAGES/django.po is not up to date with the source. Run script/messages."
    )


def test_a_complete_language_lacks_nothing_and_an_incomplete_one_may(project):
    found = program.faults(project, ["fr"])

    assert len(found) == 4
    assert found[0] == "locale/fr/LC_MESSAGES/django.po: “Good morning” is not translated."


def why(project, english, translated, locale="fr", flags=()):
    """Why a text and its translation (or forms) do not agree, in words; empty if they do."""
    of_source, catalogue = Catalog(), files.read(project / "none.po", locale)
    of_source.add(english)
    catalogue.add(english, translated, flags=flags)
    return "".join(reason for _text, reason in checking.problems(catalogue, of_source, glossary.read(project)))


@pytest.mark.parametrize(
    ("english", "french", "reason"),
    [
        ("%(a)s of %(b)s", "%(b)s\u00a0: %(a)s", ""),
        ("%(a)s of %(b)s", "%(a)s", "has other placeholders: %(a)s"),
        ("%(a)s", "%(a)d", "has other placeholders: %(a)d"),
        ("50%% done", "50 %", "has other placeholders: none"),
        ("{name} is in", "{nom} y est", "has other placeholders: {nom}"),
        ('<a href="%(x)s">Here</a>', '<a href="%(x)s">Ici</a>', ""),
        ("<b>Here</b>", "<b>Ici<b>", "has other tags: <b>, <b>"),
        ("Here\nthere", "Ici là", "begins, ends or breaks its lines otherwise"),
        ("Here ", "Ici", "begins, ends or breaks its lines otherwise"),
        ("Good morning", "", "is not translated"),
        ("Good morning to all", "Good morning to all", "is in English: Good morning to all"),
        ("Message", "Message", ""),
        ("%(speaker)s, until %(list)s", "%(speaker)s, jusqu’à %(list)s", ""),
        ("%(a)s: PDF", "%(a)s: PDF", ""),
        ("The list of speakers is open", "La liste des orateurs est ouverte", ""),
        ("The list of speakers is open", "La liste est ouverte", "lacks the term for “list of speakers”"),
        ("A List, a speaker", "Une oratrice", "lacks the term for “speaker”; lacks the term for “list”"),
        ("The party", "Le parti", ""),
    ],
)
def test_a_translation_agrees_with_its_source(project, english, french, reason):
    assert why(project, english, french) == reason


@pytest.mark.parametrize(
    ("english", "russian", "reason"),
    [
        ("Good morning", "Доброе morning", "is in English: morning"),
        ("Write with Django", "Писать в Django", ""),
        ("Open the PDF", "Открыть PDF", ""),
        ("Run manage.py verify_journal --all", "Выполнить manage.py verify_journal --all", ""),
        ("<code>make it</code> by %(a)s", "%(a)s: <code>make it</code>", ""),
        ("See https://example.org/a", "См. https://example.org/a", ""),
        ("Excel", "Excel", ""),
    ],
)
def test_no_english_is_left_where_letters_are_others(project, english, russian, reason):
    assert why(project, english, russian, "ru") == reason


@pytest.mark.parametrize(
    ("locale", "translated", "mark"),
    [
        ("fr", "Oui\u00a0: non\u202f; peut-être\u202f? «\u00a0Oui\u00a0»", ""),
        ("fr", "Oui : non", " :"),
        ("fr", "Oui\u00a0: non ;", " ;"),
        ("fr", "« Oui\u00a0»", "« "),
        ("fr", "«\u00a0Oui »", " »"),
        ("fr", "%(name)s : non", " :"),
        ("zh_Hans", "是：否，10:30。<code>a, b</code>", ""),
        ("zh_Hans", "是:否", "是:"),
        ("zh_Hans", "是.", "是."),
        ("zh_Hans", "%(name)s, %(email)s", ", "),
        ("zh_Hans", "%(name)s:是", ":是"),
        ("ar", "نعم، لا؛ متى؟ 10:30", ""),
        ("ar", "نعم, لا", "م,"),
        ("ar", "متى?", "ى?"),
        ("ar", "%(name)s; %(email)s", "; "),
        ("ru", "Да: нет, 10:30?", ""),
    ],
)
def test_marks_are_those_of_the_language(project, locale, translated, mark):
    source = "".join(each[0] for each in checking.PLACEHOLDER.finditer(translated)) or "<code>a, b</code>" * (
        "<" in translated
    )
    found = why(project, f"Yes {source}", translated, locale)

    assert re.search("has a (?:Latin mark|space that breaks): (.*)|$", found)[1] == (mark or None)


def test_the_fourth_form_of_russian_is_the_third(project):
    seats = ("%(n)d seat", "%(n)d seats")
    forms = ["%(n)d место", "%(n)d места", "%(n)d мест"]

    assert why(project, seats, (*forms, forms[2]), "ru") == ""
    assert why(project, seats, (*forms, forms[1]), "ru") == "has a fourth form that is not the third"


def test_data_files_with_words_of_six_languages_are_checked_like_catalogues(project):
    path = project / "registration/data/voucher.toml"
    path.parent.mkdir(parents=True)
    rows = 'title = "{}"\nplace = "At {{place}}"\n'.format
    path.write_text(f"[en]\n{rows('The list of speakers')}[fr]\n{rows('La liste')}")
    levels = project / "speakers/delegations/data/levels.csv"
    levels.parent.mkdir(parents=True)
    levels.write_text("code,label_en,label_zh,observer_label_en,observer_label_zh\nA,Good,好.,,\n")

    french = [each for each in program.faults(project, ["fr"]) if "voucher" in each]
    chinese = [each for each in program.faults(project, ["zh_Hans"]) if "levels" in each]

    assert french == [
        "registration/data/voucher.toml, fr: “The list of speakers” lacks the term for “list of speakers”."
    ]
    assert chinese == ["speakers/delegations/data/levels.csv, zh_Hans: “Good” has a Latin mark: 好.."]


def test_every_file_of_words_is_found_and_has_all_languages():
    for locale in files.LANGUAGES:
        read = {name: (translated, english) for name, translated, english in data.catalogues(settings.BASE_DIR, locale)}

        assert set(read) == {*data.TABLES, *data.SENTENCES}
        assert all(len(english) > 0 for _translated, english in read.values())


def test_a_doubtful_text_is_none(project):
    assert why(project, "Good morning", "Bonjour", flags=["fuzzy"]) == "is marked as fuzzy"


def test_each_form_of_a_plural_is_there_and_arabic_may_say_one_and_two_in_words(project):
    seats = ("%(n)d seat", "%(n)d seats")

    assert why(project, seats, ("%(n)d siège", "")) == "lacks a form of its plural"
    assert why(project, seats, ("un siège", "%(n)d sièges")) == "has other placeholders: none"
    assert why(project, seats, ("لا مقاعد", "مقعد", "مقعدان", *["%(n)d مقاعد"] * 3), "ar") == ""
    assert why(project, seats, ("لا مقاعد", "مقعد", "مقعدان", *["مقاعد"] * 3), "ar").startswith(
        "has other placeholders"
    )


def test_what_is_compiled_is_read_as_it_stands_and_what_is_missing_or_doubtful_in_english(project):
    path = files.path_of(project, "fr")
    text = HEADER.format(plural=files.LANGUAGES["fr"]) + (
        'msgid "Good morning"\nmsgstr "Bonjour"\n\n#, fuzzy\nmsgid "Bye"\nmsgstr "Bonjour"\n\n'
        'msgid "seat"\nmsgid_plural "seats"\nmsgstr[0] "siège"\nmsgstr[1] ""\n\n'
        'msgid "list"\nmsgid_plural "lists"\nmsgstr[0] "liste"\nmsgstr[1] "listes"\n'
    )
    path.write_text(text)
    files.compile_all(project)
    compiled = path.with_suffix(".mo")
    before = compiled.read_bytes()
    os.utime(path, (compiled.stat().st_mtime + 5,) * 2)
    files.compile_all(project)

    with compiled.open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert [words.gettext(each) for each in ("Good morning", "Bye", "new")] == ["Bonjour", "Bye", "new"]
    assert [words.ngettext("seat", "seats", n) for n in (1, 2)] == ["seat", "seats"]
    assert [words.ngettext("list", "lists", n) for n in (0, 1, 2)] == ["liste", "liste", "listes"]
    assert compiled.read_bytes() == before


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("ar", {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 103: 3, 11: 4, 99: 4, 100: 5, 102: 5}),
        ("zh_Hans", {0: 0, 1: 0, 2: 0}),
        ("fr", {0: 0, 1: 0, 2: 1}),
        ("ru", {1: 0, 21: 0, 2: 1, 24: 1, 0: 2, 5: 2, 11: 2, 12: 2, 111: 2}),
        ("es", {0: 2, 1: 0, 2: 2, 1_000_000: 1}),
    ],
)
def test_a_language_counts_as_it_does(locale, forms):
    form = gettext.c2py(files.LANGUAGES[locale].partition("plural=")[2].rstrip(";"))

    assert {number: form(number) for number in forms} == forms
