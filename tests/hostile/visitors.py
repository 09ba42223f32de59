"""Everyone who visits the site, each in a browser of their own that sends the token of its forms."""

from django.contrib.auth.models import Group, User
from django.test import Client

from speakers.delegations import access
from tests.hostile.meetings import ENTERED, NOT_ENTERED

# An applicant has no session: their links are among the addresses, and open to everyone who has them.
PUBLIC = ["anonymous, with the links of an applicant", "delegation with an entry", "delegation without an entry"]
ADDRESSES = dict(zip(PUBLIC[1:], (ENTERED, NOT_ENTERED), strict=True))
GROUPS = ["Read only", "List officer", "Secretariat lead", "Conference officer", "Civil society officer"]
GROUPS += ["Door", "Door supervisor"]
VISITORS = [*PUBLIC, "superuser", *GROUPS]
TOKEN = "a" * 32


class Browser(Client):
    """The browser of the visitor of that `name`, whose forms have their token."""

    def __init__(self, name):
        super().__init__(enforce_csrf_checks=True, headers={"X-CSRFToken": TOKEN})
        self.is_public = name in PUBLIC
        if name in ADDRESSES:
            session = self.session
            session[access.ADDRESS] = ADDRESSES[name]
            session.save()
        elif not self.is_public:
            self.force_login(_member_of_staff(name))
        self.kept = {key: cookie.value for key, cookie in self.cookies.items()} | {"csrftoken": TOKEN}
        self.as_before()

    def as_before(self):
        """Forget every cookie of an answer."""
        self.cookies.clear()
        for key, value in self.kept.items():
            self.cookies[key] = value


def _member_of_staff(name):
    kind = {"is_staff": True, "is_superuser": name == "superuser"}
    user, _is_new = User.objects.get_or_create(username=f"hostile-{name}", defaults=kind)
    if not user.is_superuser:
        user.groups.add(Group.objects.get(name=name))
    return user
