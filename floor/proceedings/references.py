"""Whom and what a document in Akoma Ntoso refers to: each once, under a name of its own."""

import re
import xml.etree.ElementTree as ET

from django.utils.translation import gettext as _

from speakers.publishing.exports.characters import printable

UNNAMED = re.compile(r"[^a-z0-9]+")


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element `tag` to `parent` and return it; characters that XML cannot hold are left out of its `text`."""
    found = ET.SubElement(parent, tag, {name: printable(value) for name, value in attributes.items()})
    if text:
        found.text = printable(text) + (" " if text.endswith(" ") else "")
    return found


class References:
    """The list of references of a document, which grows as it is written."""

    def __init__(self, parent: ET.Element):
        self.parent = parent
        self.known: dict[tuple[str, str], str] = {}
        add(
            parent,
            "TLCOrganization",
            eId="secretariat",
            href="/akn/ontology/organization/un/secretariat",
            showAs=_("Secretariat of the United Nations"),
        )

    def organization(self, code: str, name: str) -> str:
        """The reference to the delegation with this `code`, such as “#organization-bra”."""
        return self._reference("TLCOrganization", code, name)

    def person(self, identity: str, name: str) -> str:
        """The reference to the person who spoke in the turn `identity`."""
        return self._reference("TLCPerson", identity, name)

    def role(self, kind: str, name: str) -> str:
        """The reference to the role in which one spoke: a kind of turn, in one capacity."""
        return self._reference("TLCRole", f"{kind} {name}", name, numbered=True)

    def _reference(self, tag, key, name, *, numbered=False):
        if (found := self.known.get((tag, key))) is None:
            kind = tag.removeprefix("TLC").lower()
            same = sum(known_tag == tag for known_tag, _key in self.known)
            plain = UNNAMED.sub("-", key.lower()).strip("-")
            last = str(same + 1) if numbered or not plain else plain
            found = self.known[tag, key] = f"{kind}-{last}"
            add(self.parent, tag, eId=found, href=f"/akn/ontology/{kind}/un/{last}", showAs=name)
        return f"#{found}"
