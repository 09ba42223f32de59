"""The forms of a page, as a visitor could fill them in."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# What an empty field is given by its type, so that one bad field is judged among good ones.
FILLED = {
    "email": "someone@missions.example",
    "number": "1",
    "date": "2016-09-06",
    "time": "10:00",
    "tel": "+12129635063",
}
FILLED |= {"text": "Words", "textarea": "Words", "url": "https://missions.example/", "search": "a"}
# Fields that spoil a form if they are filled in: the trap for robots, and what belongs to another choice.
LEFT_EMPTY = re.compile(r"leave_empty|other_|(^|-)id$|__prefix__|_limit$")
# Fields in which one of the suggestions is typed.
TYPED = re.compile(r"(^|-)(delegation|country)$")


@dataclass
class Form:
    """A form: where it goes, how, and its fields with their values, as shown and as they could be filled in."""

    action: str
    method: str
    shown: dict = field(default_factory=dict)
    filled: dict = field(default_factory=dict)


class Forms(HTMLParser):
    """Reads the forms of the text of a page."""

    def __init__(self, html):
        super().__init__()
        self.found: list[Form] = []
        self._select = self._textarea = self._typed = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append(Form(given.get("action", ""), given.get("method", "get").upper()))
        elif self.found and tag in {"input", "button", "select", "textarea"} and given.get("name"):
            self._field(tag, given)
        elif self.found and tag == "option" and (self._select or self._typed):
            self._option(given)

    def _field(self, tag, given):
        name, kind = given["name"], given.get("type", "text") if tag == "input" else tag
        self._select, self._textarea = name if tag == "select" else "", name if tag == "textarea" else ""
        self._typed = name if given.get("list") and TYPED.search(name) else ""
        value = given.get("value", "on" if kind == "checkbox" else "")
        is_chosen = kind not in {"checkbox", "radio", "button", "submit"} or "checked" in given
        self._keep(name, value if is_chosen else None, "" if LEFT_EMPTY.search(name) else FILLED.get(kind, value))

    def _option(self, given):
        form, value = self.found[-1], given.get("value", "")
        if self._typed:
            form.filled[self._typed], self._typed = form.shown[self._typed] or value, ""
        elif "selected" in given:
            form.shown[self._select] = form.filled[self._select] = value
        elif not form.filled.get(self._select):
            form.filled[self._select] = value

    def _keep(self, name, shown, filled):
        form = self.found[-1]
        form.shown[name] = shown if form.shown.get(name) is None else form.shown[name]
        form.filled[name] = shown or form.filled.get(name) or filled

    def handle_data(self, data):
        if self._textarea and data.strip():
            self._keep(self._textarea, data, data)
            self._textarea = ""
