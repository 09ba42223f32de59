"""Words that are put into the language of those who read them, and not of the person whose act they tell."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import lazy


def when_read(words: Callable[..., str], *arguments: Any) -> Any:
    """What `words(*arguments)` says, in the language that is active when it is read: in a mail, that of the mail."""
    return lazy(words, str)(*arguments)
