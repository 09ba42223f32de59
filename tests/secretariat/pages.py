"""Addresses of the secretariat's pages, and reading what they show."""

import re
from html import unescape
from html.parser import HTMLParser

from django.urls import reverse


def list_page(**query):
    return reverse("admin:speakers_inscription_changelist", query=query)


def entry_page(inscription):
    return reverse("admin:speakers_inscription_change", args=[inscription.pk])


def entry_act(inscription, name):
    return reverse("admin:speakers_inscription_act", args=[inscription.pk, name])


def meeting_page(meeting):
    return reverse("admin:dialogue_meeting_change", args=[meeting.pk])


def meeting_act(meeting, name):
    return reverse("admin:dialogue_meeting_act", args=[meeting.pk, name])


def cells(answer, column):
    """The text of one column of a changelist, from top to bottom."""
    found = re.findall(rf'<t[dh][^>]* class="field-{column}[^"]*">(.*?)</t[dh]>', answer.content.decode(), re.S)
    return [unescape(re.sub("<[^>]+>", "", cell)).strip() for cell in found]


class Fields(HTMLParser):
    """The names and values that the form of a page would send if it were saved as it is."""

    def __init__(self, html):
        super().__init__()
        self.typed, self._select, self._textarea = {}, None, None
        self.feed(html)
        self.typed = {name: value for name, value in self.typed.items() if "__prefix__" not in name}

    def handle_starttag(self, tag, attributes):
        field = dict(attributes)
        name = field.get("name")
        if tag == "input" and name and field.get("type") not in {"submit", "button", "file"}:
            is_box = field.get("type") in {"checkbox", "radio"}
            if not is_box or "checked" in field:
                self.typed[name] = field.get("value", "on" if is_box else "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in field:
            self.typed[self._select] = field.get("value")
        elif tag == "textarea":
            self._textarea, self.typed[name] = name, ""

    def handle_data(self, data):
        if self._textarea:
            self.typed[self._textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag in {"select", "textarea"}:
            self._select = self._textarea = None


def typed(answer):
    """What the form of a page would send if it were saved as it is."""
    return Fields(answer.content.decode().split('id="logout-form"')[-1]).typed


def text(answer):
    """All the words of a page, without tags and with single spaces."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def links(answer, part):
    """The addresses on a page that hold `part`."""
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', answer.content.decode()) if part in each]
