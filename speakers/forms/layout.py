"""How the forms of the list of speakers are laid out, with crispy-forms."""

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset


def helper(layout, *, button, action=""):
    """A helper for one form: `layout`, then one `button`. Browsers leave the checking to us, who say it in words."""
    made = FormHelper()
    made.layout = layout
    made.layout.append(StrictButton(button, type="submit", css_class="btn-primary"))
    made.form_action = action
    made.attrs = {"novalidate": "novalidate"}
    return made


def part(legend, *fields):
    """A fieldset under `legend`."""
    return Fieldset(legend, *fields, css_class="form-part")
