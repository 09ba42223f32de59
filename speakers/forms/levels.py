"""The choice of a level of representation."""

from django import forms
from django.forms.models import ModelChoiceIterator

from speakers.models import Level


class ReadOnce(ModelChoiceIterator):
    """Read with one plain statement, however often the form asks; Django's own opens a cursor each time."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for level in self.queryset:
            yield self.choice(level)


class LevelField(forms.ModelChoiceField):
    """One of the levels, sent by its code."""

    iterator = ReadOnce

    def __init__(self, **kwargs):
        super().__init__(queryset=Level.objects.all(), to_field_name="code", **kwargs)
