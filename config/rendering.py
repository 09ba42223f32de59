"""How forms are rendered: widgets by Django's own Jinja2 templates, everything else by the site's templates.

A form of twelve fields renders some forty templates and includes, a list of options one for each; compiled, they take
a fifth of the time. Decision record 0082.
"""

from django.forms.renderers import Jinja2, TemplatesSetting

WIDGETS = "django/forms/widgets/"
"""The templates that Django ships in both languages, and that this site does not override."""


class Renderer(TemplatesSetting):
    """The `FORM_RENDERER` of the site."""

    def __init__(self):
        self._compiled = Jinja2()

    def get_template(self, template_name):
        """The template of that name: compiled where it is one of Django's widgets."""
        if template_name.startswith(WIDGETS):
            return self._compiled.get_template(template_name)
        return super().get_template(template_name)
