"""Every field that can hold a text says what becomes of it: erased, or kept and why.  R-57"""

import pytest
from django.apps import apps
from django.db import models

from retention.fates import ERASED
from secretariat import erasing
from tests.retention import digging
from tests.retention.scene import MARK

TEXTS = (models.CharField, models.TextField, models.FileField, models.BinaryField, models.JSONField)
TEXTS += (models.GenericIPAddressField,)


def can_hold_a_text(field):
    """Can `field` hold words, an address or a file? A choice among fixed values cannot."""
    return isinstance(field, TEXTS) and not field.choices


def texts_of(model):
    return {field.name for field in model._meta.concrete_fields if can_hold_a_text(field)}


def declared():
    """What all apps declare, as one dictionary: from the label of a model to the fate of each of its fields."""
    return {label: fates for module in erasing.modules() for label, fates in module.FIELDS.items()}


MODELS = [model for model in apps.get_models() if not model._meta.proxy]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_that_can_hold_a_text_says_what_becomes_of_it(model):
    fates = declared().get(model._meta.label, {})

    assert set(fates) == texts_of(model), f"say in retention.py of its app what becomes of these, FIELDS, {fates}"


@pytest.mark.parametrize("field", [models.TextField(), models.EmailField(), models.FileField(), models.JSONField()])
def test_a_new_field_of_any_such_kind_is_noticed(field):
    assert can_hold_a_text(field)
    assert not can_hold_a_text(models.CharField(choices=[("a", "A")]))


def test_every_kept_field_says_why():
    kept = {fate for fates in declared().values() for fate in fates.values() if fate != ERASED}

    assert all(len(reason.split()) > 1 for reason in kept)


# Random values, which identify no one once the rest is gone; the scene plants no mark there.
RANDOM = {
    "salt",
    "session_key",
    "session_data",
    "code_hash",
    "token_hash",
    "object_id",
    "content_digest",
    "code_digest",
}
# Fields that are not free text, or repeat another field.
NUMBERS = {"network", "idempotency_key", "contact_telephone", "normalised_email", "key"}


@pytest.mark.usefixtures("meeting")
def test_the_scene_plants_something_in_every_field_that_is_erased():
    bare = [
        f"{label}.{name}"
        for label, fates in declared().items()
        for name, fate in fates.items()
        if fate == ERASED and name not in RANDOM | NUMBERS and not _is_planted(apps.get_model(label), name)
    ]

    assert bare == []


def _is_planted(model, name):
    values = model._default_manager.values_list(name, flat=True)
    return any(MARK in digging.readable(value).lower() for value in values)
