"""The other forms of a page, such as a feed or a calendar, in its head and in the header `Link` of its answer.

One source: `{% alternate media_type address title %}` writes the element and notes the form with the request.
"""

from collections.abc import Callable
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString


def element(request: HttpRequest, media_type: str, address: str, title: str) -> SafeString:
    """The element for the head of the page, whose form `address` is; noted with the `request`."""
    forms = request.__dict__.setdefault("forms", [])
    forms.append(f'<{address}>; rel="alternate"; type="{media_type}"')
    return format_html('<link rel="alternate" type="{}" href="{}" title="{}">', media_type, address, title)


def linked(answer_of: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the answer to a request name the other forms of its page in the header `Link`, as its head does (RFC 8288).

    For a view whose answer is kept (`freshness.py`), and as the middleware of all others.
    """

    @wraps(answer_of)
    def with_links(request, *args, **kwargs):
        answer = answer_of(request, *args, **kwargs)
        if isinstance(answer, SimpleTemplateResponse) and not answer.is_rendered:
            answer.add_post_render_callback(partial(_name, request))
            return answer
        return _name(request, answer)

    return with_links


def _name(request, answer):
    if forms := request.__dict__.pop("forms", []):
        answer["Link"] = ", ".join(forms)
    return answer
