"""`script/messages`: bring the catalogues up to date, check or compile them."""

import sys
from pathlib import Path

from django.conf import settings

from config.languages import TRANSLATED
from deploy.messages import checking, data, files, glossary, slices, source

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Do what `script/messages` was asked; returns its exit code."""
    settings.configure()  # templates are read for their texts alone
    if arguments[:1] == ["--check"]:
        return _check(arguments[1:])
    if arguments == ["--compile"]:
        files.compile_all(ROOT)
        slices.cut_all(ROOT)
    else:
        files.update(ROOT, source.messages(ROOT))
    return 0


def _check(asked):
    """Say what is wrong with the catalogues that are `asked` for, or with all that a site may offer."""
    found = list(faults(ROOT, asked or [locale_of(code) for code in TRANSLATED]))
    sys.stdout.write("".join(f"{each}\n" for each in found))
    return 1 if found else 0


def faults(root: Path, locales: list[str]) -> list[str]:
    """What is wrong in the project in `root`: catalogues that are not up to date, and what those of `locales` lack."""
    of_source, terms = source.messages(root), glossary.read(root)
    found = []
    for locale in files.LANGUAGES:
        path = files.path_of(root, locale)
        name = path.relative_to(root)
        if not path.exists() or path.read_text() != files.updated(path, locale, of_source):
            found.append(f"{name} is not up to date with the source. Run script/messages.")
        if locale in locales:
            told = checking.problems(files.read(path, locale), of_source, terms)
            found += [f"{name}: “{text}” {why}." for text, why in told]
            for file, translated, english in data.catalogues(root, locale):
                told = checking.problems(translated, english, terms)
                found += [f"{file}, {locale}: “{text}” {why}." for text, why in told]
    return found


def locale_of(code: str) -> str:
    """The locale of Django for the language `code`: “zh_Hans” for “zh-hans”."""
    return code.replace("-hans", "_Hans")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
