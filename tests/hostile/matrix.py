"""Who is answered what at which address: `matrix.txt` has one line for each, which is compared with the site."""

from dataclasses import dataclass
from pathlib import Path

from tests.hostile import addresses
from tests.hostile.visitors import GROUPS, PUBLIC

TABLE = Path(__file__).with_name("matrix.txt")
ANONYMOUS, APPLICANT, WITH_ENTRY, WITHOUT_ENTRY = "anonymous", *PUBLIC
# The columns of the table, in its order.
IDENTITIES = [ANONYMOUS, APPLICANT, WITH_ENTRY, WITHOUT_ENTRY, *GROUPS, "superuser"]
STRANGERS = len(PUBLIC) + 1
SIGN_IN, OTHER_PAGE = "s", ">"
MARKS = {200: "+", 400: "?", 401: "k", 403: "x", 404: "0", 405: "-", 410: "e", 422: "!", 429: "m", 503: "d"}
UNKNOWN_TOKEN = "A" * 32
FAR_FROM_ANY = "/nowhere/"


@dataclass(frozen=True)
class Door:
    """An address of the table: its `name` is its pattern and, if the address is of one act among many, the act."""

    name: str
    address: addresses.Address

    def path_for(self, identity):
        """Where `identity` asks: the links in mails are known to those who got them, and to no one else."""
        has_link = identity == APPLICANT or "token" not in dict(self.address.arguments)
        return self.address.path if has_link else self.address.with_argument("token", UNKNOWN_TOKEN)


def doors():
    """Every `Door` of the site in production: one for each pattern, and for each act where one pattern has many."""
    found = {}
    for address in addresses.every():
        if address.route.startswith("mailbox:"):
            continue
        act = dict(address.arguments).get("name", "") if _is_of_acts(address) else ""
        name = f"{address.pattern or '/'} {act}".rstrip()
        found.setdefault(name, Door(name, address))
    return list(found.values())


def _is_of_acts(address):
    return address.route == "floor:act" or address.route.endswith("_act")


def mark_of(answer):
    """The one letter by which the table says what was answered."""
    if answer.status_code in {301, 302, 303}:
        target = answer.headers["Location"].partition("?")[0]
        return SIGN_IN if target.endswith(("/login/", "/sign-in/")) else OTHER_PAGE
    return MARKS.get(answer.status_code, f"({answer.status_code})")


def line(name, got, posted):
    """A line of the table: what each identity gets, what each is answered to a form, and where."""
    return "  ".join([_grouped(got), _grouped(posted), name])


def _grouped(marks):
    return " ".join([marks[:STRANGERS], marks[STRANGERS:-1], marks[-1:]])


def read():
    """The table as it is declared: from the name of each door to its line."""
    lines = [each for each in TABLE.read_text().splitlines() if each and not each.startswith("#")]
    return {each.split("  ", 2)[2]: each for each in lines}


def marks_in(text):
    """What each identity gets and is answered to a form, as declared in the line `text`: two dictionaries."""
    got, posted, _name = text.split("  ", 2)
    return [dict(zip(IDENTITIES, marks.replace(" ", ""), strict=True)) for marks in (got, posted)]
