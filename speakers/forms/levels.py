"""The choice of a level of representation."""

from typing import Any, cast

from django import forms
from django.core.cache import caches
from django.forms.models import ModelChoiceIterator
from i18nfield.strings import LazyI18nString

from dialogue.freshness import FACTS, SECOND
from speakers.models import Level


class Kept(ModelChoiceIterator):
    """The levels, read at most once a second by each process: no form waits for what hardly ever changes.

    A submitted level is looked up again (`LevelField.clean`), so that a deleted one is never recorded.
    """

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for code, label in cast(list[Any], caches[FACTS].get_or_set("levels", self._read, SECOND)):
            yield (code, str(LazyI18nString(label)))

    def _read(self):
        """The levels in order, as code and label in all languages, in a form that can be cached."""
        return [(level.code, level.label.data) for level in self.queryset]


class LevelField(forms.ModelChoiceField):
    """One of the levels, sent by its code."""

    iterator = Kept

    def __init__(self, **kwargs):
        super().__init__(queryset=Level.objects.all(), to_field_name="code", **kwargs)
