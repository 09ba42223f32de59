"""Forms of civil society: they check what was typed and write nothing."""

from registration.forms.link import LinkForm
from registration.forms.representative import AmendForm, RepresentativeForm
from registration.forms.request import RequestForm
from registration.forms.rows import Rows

__all__ = ["AmendForm", "LinkForm", "RepresentativeForm", "RequestForm", "Rows"]
