"""The names of delegations in the alphabetical order of each language, for a database that sorts them."""

from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

from languages.collation import sort_key


def keys_of(name: Any) -> dict[str, str]:
    """What compares as `name` stands in each language, by language: the key in hexadecimal digits.

    These compare alike under every collation that a database may have.
    """
    words = LazyI18nString(getattr(name, "data", name))
    return {code: sort_key(words.localize(code), code).encode().hex() for code, _name in settings.LANGUAGES}


class InAlphabet(F):
    """Delegations by their names in the language of the reader, in an `order_by`; `path` leads to the delegation."""

    def __init__(self, path: str = "") -> None:
        self.keys = f"{path}sort_keys"
        super().__init__(self.keys)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        language = get_language() or settings.LANGUAGE_CODE
        return KeyTextTransform(language, F(self.keys)).resolve_expression(*args, **kwargs)  # type: ignore[no-untyped-call]
