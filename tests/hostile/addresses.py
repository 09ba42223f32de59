"""Every address of the site, from its resolver, with the arguments that the meetings in the database offer."""

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse

from dialogue.models import DocumentFile, Meeting
from floor.models import Statement
from floor.record import files
from floor.views.acts import ACTS
from outbox.models import Message
from registration.models import Representative, TicketRequest
from registration.requests import links, vouchers
from speakers.delegations import signing_in
from speakers.mission import subscribing
from speakers.models import Inscription, Joining, LateRequest, SwapProposal
from speakers.publishing.exports.formats import FORMATS
from tests.hostile.meetings import AT, ENTERED, NOT_ENTERED, PANEL, SLUG
from tests.registration import factories
from tests.upgrade.scene import REHEARSAL

PARAMETER = re.compile(r"\(\?P<(\w+)>.*?\)+(?=/|\$|\Z)|<(?:\w+:)?(\w+)>")
OF_STAFF = reverse("admin:index").removeprefix("/")
UNKNOWN = "6f6a6a1e-7b43-4f1f-8a4e-0a9d8d4c1a11"
MODELS = {f"admin:{model._meta.label_lower.replace('.', '_')}": model for model in admin.site._registry}  # noqa: SLF001


@dataclass(frozen=True)
class Address:
    """One address: the name of its route, the text of its pattern, and what is put in for each parameter."""

    route: str
    pattern: str
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def path(self):
        return self.with_argument("", "")

    @property
    def is_of_staff(self):
        return self.route.startswith("admin:")

    @property
    def is_slow(self):
        """Does it make a file for a printer, which takes seconds?"""
        return "pdf" in self.path

    def with_argument(self, name, value):
        """The path with another `value` for the parameter `name`."""
        given = dict(self.arguments) | {name: value}
        plain = PARAMETER.sub(lambda found: given[found[1] or found[2]], self.pattern)
        return "/" + plain.replace("^", "").replace("$", "")


def every():
    """Every `Address` of the site. Rows that are not there yet are named by something unknown."""
    known = _known(Meeting.objects.get(slug=SLUG))
    for route, pattern in routes():
        names = [found[1] or found[2] for found in PARAMETER.finditer(pattern)]
        choices = [_choices(known, route, name, names) for name in names]
        for values in product(*choices):
            yield Address(route, pattern, tuple(zip(names, values, strict=True)))
        if names == ["slug"] and Meeting.objects.filter(slug=REHEARSAL).exists():
            yield Address(route, pattern, (("slug", REHEARSAL),))


def routes(resolver=None, prefix="", namespace=""):
    """Every route under `resolver`, by default of the site, as pairs: its name and the text of its pattern."""
    for each in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield f"{namespace}{each.name}", pattern
        else:
            yield from routes(each, pattern, f"{namespace}{each.namespace}:" if each.namespace else namespace)


def _choices(known, route, name, names):
    """What stands for the parameter `name` of `route`, one of `names`, as a list of texts."""
    of_list = known.get((PANEL, name)) if "list_slug" in names else None
    found = of_list or known.get((route, name)) or known.get(name) or _row(route)
    return [str(each) for each in (found if isinstance(found, list) else [found])]


def _row(route):
    """The key of a row of the model to which a page of the admin belongs."""
    model = next((model for name, model in MODELS.items() if route.startswith(f"{name}_")), None)
    return model._base_manager.values_list("pk", flat=True).order_by("pk").first() or 1 if model else 1


def _known(meeting):
    """What stands for each parameter, by its name, or by the route or the second list and its name."""
    entries = Inscription.objects.standing().filter(filed_by_email=ENTERED, capacity=Inscription.Capacity.NATIONAL)
    entry = _first(entries.filter(speakers_list=meeting.speakers_list))
    known = {"slug": SLUG, "list_slug": PANEL, "public_id": entry, "identity": entry, "number": 1, "language": "fr"}
    known["nonce"] = "a-conflict"
    known |= {(PANEL, "public_id"): _first(entries.filter(speakers_list__slug=PANEL)), "extension": list(FORMATS)}
    of_panel = [f"meetings/{SLUG}/lists/{PANEL}{below}" for below in ("", "/list", "/revisions", "/revisions/1")]
    in_the_interface = [f"meetings/{SLUG}", f"meetings/{SLUG}/list", f"meetings/{SLUG}/lists", *of_panel, "nothing"]
    known |= {"url": "nothing/of/ours", "address": in_the_interface}
    known |= {"app_label": "speakers", "act": ["accept", "decline", "cancel"], "swap": _first(SwapProposal.objects)}
    known |= {"joining": _first(Joining.objects), ("speakers:joining_answer", "act"): ["join", "decline", "leave"]}
    known |= {("floor:record_file", "extension"): list(files.FORMATS), ("floor:act", "name"): list(ACTS)}
    known |= {("admin:dialogue_mailtext_of", "name"): "acknowledgement", ("mailbox:message", "name"): "0.eml"}
    known["code"] = Inscription.objects.get(public_id=entry).delegation.code if entry != UNKNOWN else "RWA"
    known |= {("floor:download", "public_id"): _first(Statement.objects)}
    known |= {"sha256": DocumentFile.objects.values_list("sha256", flat=True).first() or UNKNOWN}
    known |= {("speakers:late_request", "public_id"): _first(LateRequest.objects.filter(filed_by_email=NOT_ENTERED))}
    for name, model in MODELS.items():
        acts = getattr(admin.site._registry[model], "acts", ())  # noqa: SLF001
        known[f"{name}_act", "name"] = [act.name for act in acts]
        ways = getattr(admin.site._registry[model], "beginnings", ())  # noqa: SLF001
        known[f"{name}_begin", "name"] = [way.name for way in ways]
    return known | _of_links(meeting)


def _of_links(meeting):
    """The tokens of live links, to each kind of page that has one."""
    signing_in.request_sign_in(ENTERED, address=(SLUG,), network="", at=AT)
    mailed = Message.objects.filter(kind="sign-in").latest("pk").body
    calendar = subscribing.url_of(subscribing.subscribe(ENTERED, at=AT)).removesuffix(".ics")
    urls = {"speakers:sign_in_link": re.search(r"\S+/sign-in/[-\w]+/", mailed)[0], "speakers:calendar": calendar}
    person = Representative.objects.filter(meeting=meeting, state=Representative.State.ON_MANIFEST).first()
    if person is None:
        return {(route, "token"): _token(url) for route, url in urls.items()}
    request = TicketRequest.objects.get(pk=person.request_id)
    to_page, to_voucher = links.to_page(request, at=AT), vouchers.open_page(person, at=AT)
    for name in ("page", "add", "amend", "cancel", "open_voucher", "cancel_all", "end_links"):
        urls[f"registration:{name}"] = to_page
    urls |= {"registration:voucher": to_voucher, "registration:voucher_pdf": to_voucher}
    urls["registration:address"] = links.to_address(meeting, person.normalised_email, network="", at=AT)
    urls["registration:offer"] = links.to_offer(_offered(meeting), at=AT)
    known = {(route, "token"): _token(url) for route, url in urls.items()}
    of_persons = ["amend", "cancel", "open_voucher", "hand_over_to", "take_back"]
    return known | {(f"registration:{name}", "public_id"): person.public_id for name in of_persons}


def _offered(meeting):
    """A representative who waits for a seat, and is offered one."""
    return factories.offer(factories.make_representative(meeting, "waitlisted", at=AT), until=AT + timedelta(hours=1))


def _token(url):
    return url.rstrip("/").rpartition("/")[2]


def _first(rows):
    """The public id of the first of the `rows`; an unknown one if there is none."""
    row = rows.order_by("pk").first()
    return row.public_id if row else UNKNOWN
