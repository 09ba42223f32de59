"""A page that is opened once and looked at in every mode in which people read: what is at fault, in which mode."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
LIGHT, DARK = {"prefers-color-scheme": "light"}, {"prefers-color-scheme": "dark"}
FEW_COLOURS = {"forced-colors": "active"}
MUCH_CONTRAST = {"prefers-contrast": "more"}
WIDE, NARROW, NARROWEST = 1280, 390, 320
# Of rows that are all made alike, axe looks at the first ones.
ALIKE = ["#result_list tbody tr", ".board-list > li", ".roll tbody tr", ".journal-day li", ".progress-turns li"]
ENOUGH = 6
# What may be at fault in one language alone: the size of what is pressed, a name that is missing, a language.
BY_LANGUAGE = ["target-size", "button-name", "link-name", "label", "select-name", "aria-input-field-name", "image-alt"]
BY_LANGUAGE += ["empty-heading", "document-title", "html-has-lang", "html-lang-valid", "valid-lang", "landmark-unique"]
BY_LANGUAGE += ["list", "region"]
REPLACE = """async (html) => {
  const other = new DOMParser().parseFromString(html, "text/html");
  const sheets = (page) => [...page.querySelectorAll("link[rel=stylesheet]")];
  const known = new Set(sheets(document).map((each) => each.getAttribute("href")));
  const more = sheets(other).filter((each) => !known.has(each.getAttribute("href")));
  const loaded = more.map((each) => new Promise((done) => { each.onload = each.onerror = done; }));
  document.documentElement.removeAttribute("style");
  for (const { name, value } of other.documentElement.attributes) document.documentElement.setAttribute(name, value);
  document.title = other.title;
  document.body.replaceWith(other.body);
  document.head.append(...more);
  await Promise.all(loaded);
  await document.fonts.ready;
}"""
ASK_AXE = """async ([options, alike]) => {
  const exclude = alike.filter((each) => document.querySelector(each)).map((each) => [each]);
  const { violations } = await axe.run({ include: [["html"]], exclude }, options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => [id, target.join(" ")]));
}"""


class Look:
    """A window of Chromium; `at(path)` returns what is at fault there, as triples of mode, rule and element."""

    def __init__(self, chromium, site):
        self.site = site
        self.context = chromium.new_context(service_workers="block", viewport={"width": WIDE, "height": 900})
        self.page = self.context.new_page()
        self.browser = self.context.new_cdp_session(self.page)
        self.found = []

    def at(self, path, *, is_first=True):
        """All that is looked for; of a page that was looked at in another language before, only what differs."""
        self.found = []
        self._as_it_is(WIDE, LIGHT)
        self.page.goto(self.site + path)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.page.evaluate(AXE_SCRIPT)
        self.page.evaluate(SCRIPT)
        self._in_light_and_dark(is_first)
        self._in_few_colours(is_first)
        self._in_large_text()
        return self.found

    def in_another_language(self, html):
        """What is at fault if the open page has the content of `html`, in a language of the same direction.

        Style and scripts stay: nothing is loaded a second time.
        """
        self.found = []
        self._as_it_is(NARROW, LIGHT)
        self.page.evaluate(REPLACE, html)
        self._ask("overflow", "light", NARROW)
        self._axe("light", NARROW, runOnly=BY_LANGUAGE)
        self._in_size("200%", NARROW)
        return self.found

    def _in_light_and_dark(self, is_first):
        without_colours = {} if is_first else {"color-contrast": {"enabled": False}}
        self._axe("light", WIDE, rules=without_colours)
        self._ask("overflow", "light", WIDE)
        if is_first:
            self._ask("moving", "without motion", WIDE)
            self._as_it_is(WIDE, DARK)
            self._axe("dark", WIDE, runOnly=["color-contrast"])
            self._as_it_is(WIDE, LIGHT | MUCH_CONTRAST)
            self._axe("more contrast", WIDE, runOnly=["color-contrast"])
        self._as_it_is(NARROW, DARK)
        self._axe("dark", NARROW)
        self._ask("overflow", "dark", NARROW)
        self._ask("hidden", "dark", NARROW)

    def _in_few_colours(self, is_first):
        self._as_it_is(NARROWEST, FEW_COLOURS)
        self._ask("overflow", "few colours", NARROWEST)
        self._as_it_is(NARROWEST, LIGHT)
        self._ask("overflow", "light", NARROWEST)
        self._as_it_is(WIDE, FEW_COLOURS)
        self._ask("overflow", "few colours", WIDE)
        if is_first:
            self._ask("current", "few colours", WIDE)

    def _in_large_text(self):
        for width in (WIDE, NARROW):
            self._as_it_is(width, LIGHT)
            self._in_size("200%", width)

    def _in_size(self, size, width):
        self.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        self._ask("overflow", f"text of {size}", width)

    def _as_it_is(self, width, features):
        features = {"prefers-reduced-motion": "reduce", **features}
        named = [{"name": name, "value": value} for name, value in features.items()]
        self.browser.send("Emulation.setEmulatedMedia", {"features": named})
        self.page.set_viewport_size({"width": width, "height": 900 if width == WIDE else 844})

    def _axe(self, mode, width, *, rules=None, **options):
        rules = {} if "runOnly" in options else {"rules": {"target-size": {"enabled": True}, **(rules or {})}}
        options |= {"preload": False, "resultTypes": ["violations"], **rules}
        alike = [f"{each}:nth-child(n + {ENOUGH + 1})" for each in ALIKE]
        self._note(mode, width, self.page.evaluate(ASK_AXE, [options, alike]))

    def _ask(self, rule, mode, width):
        self._note(mode, width, [(rule, element) for element in self.page.evaluate(f"looking.{rule}()")])

    def _note(self, mode, width, faults):
        self.found += [(f"{mode}, {width}", rule, element) for rule, element in faults]
