"""Fields of forms in templates: `{{ field|with_class:"form-control" }}`."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def with_class(field: BoundField, name: str) -> SafeString:
    """The widget of `field` with the class `name`, and `is-invalid` if what was typed was refused."""
    return field.as_widget(attrs={"class": f"{name} is-invalid" if field.errors else name})
