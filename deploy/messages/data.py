"""Data files with words in six languages, each as the catalogue of a language, so that they are checked alike."""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from deploy.messages import glossary

# Tables, and the columns of each in which the words of a language stand. Names of States are the organization's own.
TABLES = {
    "registration/data/entrances.csv": ["{}"],
    "speakers/delegations/data/levels.csv": ["label_{}", "observer_label_{}"],
}
# Sentences: language → name → sentence.
SENTENCES = ["registration/data/voucher.toml"]
ENGLISH = "en"


def catalogues(root: Path, locale: str) -> Iterator[tuple[str, Catalog, Catalog]]:
    """Of each file in the project in `root`: its name, its words in the language of `locale`, and those in English."""
    language = glossary.COLUMNS[locale]
    for name in filter(lambda each: (root / each).exists(), [*TABLES, *SENTENCES]):
        translated, english = Catalog(locale), Catalog()
        for key, words in _words(root / name, TABLES.get(name)):
            english.add(words[ENGLISH], context=key)
            translated.add(words[ENGLISH], words.get(language, ""), context=key)
        yield name, translated, english


def _words(path, columns):
    """What tells the words of `path` apart, with the words by language."""
    if columns is None:
        sentences = tomllib.loads(path.read_text(encoding="utf-8"))
        for name in sentences[ENGLISH]:
            yield name, {language: each[name] for language, each in sentences.items() if name in each}
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        for column in columns:
            words = {each: row.get(column.format(each), "") for each in [ENGLISH, *glossary.COLUMNS.values()]}
            words["zh-hans"] = words["zh-hans"] or row.get(column.format("zh"), "")
            if words[ENGLISH]:
                yield f"{column} {number}", words
