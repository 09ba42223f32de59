"""Mail about late requests and personal extensions.  R-27

For a request from an address not on record, only that address gets mail, and nothing typed there is mailed (R-60).
"""

from speakers.mail import notices
from speakers.models import Extension, LateRequest


def tell_filed(request: LateRequest, *, occasion: str) -> None:
    """Tell the filer that the late `request` is received and has no receipt number; tell the officer too."""
    _tell(request, "late_filed", occasion=occasion)
    context = {"request": request}
    notices.to_officer("notice_late_filed", request.speakers_list, occasion=occasion, context=context)


def tell_declined(request: LateRequest, *, occasion: str) -> None:
    """Tell the filer that the late `request` is declined, with the secretariat's answer."""
    _tell(request, "late_declined", occasion=occasion, reason=request.answer)


def tell_extension(extension: Extension, *, occasion: str) -> None:
    """Tell the delegation's focal points and the officer until when it may inscribe, and why."""
    _tell_delegation("extension", extension, occasion=occasion, reason=extension.reason)


def tell_end_of_extension(extension: Extension, *, reason: str, occasion: str) -> None:
    """Tell the delegation's focal points and the officer that the extension is over, and why."""
    _tell_delegation("extension_ended", extension, occasion=occasion, reason=reason)


def _tell(request, name, *, occasion, **context):
    """Mail the filer of the `request` and, if the address is on record, the contact and copies given in it."""
    to, cc = [request.filed_by_email], []
    if request.is_on_record:
        to, cc = [request.contact_email], [*request.copies, request.filed_by_email]
    context |= {"request": request, "delegation": request.delegation}
    language = request.delegation.mail_language
    notices.post(name, request.speakers_list, occasion=occasion, to=to, cc=cc, context=context, language=language)


def _tell_delegation(name, extension, *, occasion, **context):
    speakers_list, delegation = extension.speakers_list, extension.delegation
    points = delegation.focal_points.filter(is_active=True)
    context |= {"extension": extension, "points": points, "delegation": delegation}
    for point in points:
        key, language = f"{occasion}/{point.pk}", delegation.mail_language
        notices.post(name, speakers_list, occasion=key, to=[point.email], context=dict(context), language=language)
    notices.to_officer(f"notice_{name}", speakers_list, occasion=occasion, context=context)
