"""How every form of the site is written: a field in several parts says in each of them why it is wrong."""

from typing import Any

from django.forms import BoundField, Widget
from django.forms.renderers import TemplatesSetting


class DescribedField(BoundField):
    """A field whose parts, such as a day and a time, or boxes to tick, name the error as a field in one part does."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """The attributes of the `widget`: of a field in several parts, they name the error, which Django leaves out."""
        attrs = super().build_widget_attrs(attrs, widget)
        if self.errors and self.use_fieldset and self.auto_id and not self.is_hidden:
            attrs.setdefault("aria-describedby", f"{self.auto_id}_error")
        return attrs


class Renderer(TemplatesSetting):
    """Django's renderer from the site's own templates, with fields that are described in each part."""

    bound_field_class = DescribedField
