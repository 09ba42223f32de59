"""How forms are rendered: a field and its widget by compiled templates (Jinja2), everything else by the site's.

A form of twelve fields renders some forty templates and includes, a list of options one for each; compiled, this
takes a fifth of the time. Decision record 0082.
"""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.forms.renderers import TemplatesSetting
from django.template.backends.jinja2 import Jinja2

# The templates that Django ships in both languages, and that this site does not override.
WIDGETS = "django/forms/widgets/"
# Our own template for a field with its label, help and errors; the pack of crispy-forms asks for it too.
FIELD = "forms/field.html"


class Renderer(TemplatesSetting):
    """The `FORM_RENDERER` of the site."""

    field_template_name = FIELD

    def __init__(self):
        folders = [settings.BASE_DIR / "templates/jinja2", Path(forms.__file__).parent / "jinja2"]
        self._compiled = Jinja2({"NAME": "forms", "DIRS": folders, "APP_DIRS": False, "OPTIONS": {}})

    def get_template(self, template_name: str) -> Any:
        """The template of that name: compiled if it is our field or one of Django's widgets."""
        if template_name == FIELD or template_name.startswith(WIDGETS):
            return self._compiled.get_template(template_name)
        return super().get_template(template_name)
